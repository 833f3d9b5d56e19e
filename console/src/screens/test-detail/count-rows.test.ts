import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Results } from '@streamswarm/contract/wire/views';
import { countRows } from './count-rows.ts';

const results = (level: Results['level']): Results =>
  ({
    level,
    series: [
      { ok: [3, 4], lostSlots: [1, 0], error: [0, 2], denied: [5, 5], dropped: [7, 7] },
      { ok: [1, 0], lostSlots: [0, 0], error: [0, 0], denied: [0, 0], dropped: [0, 0] },
    ],
  }) as unknown as Results;

test('slots with a sample are rows, those without one are not', () => {
  assert.equal(countRows(results('raw')), 11);
});

test('how many raw samples are left under minutes is not known', () => {
  assert.equal(countRows(results('1m')), null);
});
