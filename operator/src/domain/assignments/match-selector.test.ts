import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LabelSelector } from '@streamswarm/contract';
import { matchesSelector } from './match-selector.ts';

test('selectors mean what they mean in Kubernetes', () => {
  const labels = { site: 'north', zone: '' };
  const expression = (
    key: string,
    operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist',
    values?: string[],
  ) => ({
    matchExpressions: [{ key, operator, ...(values === undefined ? {} : { values }) }],
  });
  const table: [selector: LabelSelector, expected: boolean][] = [
    [{}, true],
    [{ matchLabels: { site: 'north' } }, true],
    [{ matchLabels: { site: 'north', rack: '1' } }, false],
    [{ matchLabels: { zone: '' } }, true],
    [expression('site', 'In', ['south', 'north']), true],
    [expression('site', 'In', ['south']), false],
    [expression('rack', 'In', ['1']), false],
    [expression('site', 'NotIn', ['south']), true],
    [expression('site', 'NotIn', ['north']), false],
    [expression('rack', 'NotIn', ['1']), true],
    [expression('zone', 'Exists'), true],
    [expression('rack', 'Exists'), false],
    [expression('rack', 'DoesNotExist'), true],
    [expression('zone', 'DoesNotExist'), false],
    [{ matchLabels: { site: 'north' }, ...expression('rack', 'Exists') }, false],
  ];
  for (const [selector, expected] of table)
    assert.equal(matchesSelector(selector, labels), expected, JSON.stringify(selector));
});
