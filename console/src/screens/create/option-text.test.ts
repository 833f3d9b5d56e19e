import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OptionField, OptionInput } from './option-fields.ts';
import { optionText, optionValue } from './option-text.ts';

const field = (input: OptionInput, isNumeric = false): OptionField => ({
  name: 'x',
  input,
  meaning: '',
  absent: '',
  allowed: '',
  choices: [],
  isNumeric,
});

test('what is typed means a value, and the value is written as it was typed', () => {
  const cases: readonly (readonly [OptionField, string, unknown])[] = [
    [field('number', true), '10', 10],
    [field('number'), 'ef', 'ef'],
    [field('number'), '-1', -1],
    [field('flag'), 'false', false],
    [field('choice'), 'ipv6', 'ipv6'],
    [field('text'), '443', '443'],
    [field('list', true), '200, 204', [200, 204]],
    [field('list', true), '200, no', [200, 'no']],
    [
      field('pairs'),
      'Accept: text/html\nX-Trace: a:b',
      [
        { name: 'Accept', value: 'text/html' },
        { name: 'X-Trace', value: 'a:b' },
      ],
    ],
  ];
  for (const [of, text, value] of cases) {
    assert.deepEqual(optionValue(of, text), value, text);
    assert.equal(optionText(of, value), text);
  }
});

test('an empty field takes the option away', () => {
  for (const input of ['number', 'text', 'list', 'pairs', 'flag'] as const) {
    assert.equal(optionValue(field(input), ''), undefined);
    assert.equal(optionText(field(input), undefined), '');
  }
});

test('a value of another shape is left to the YAML', () => {
  assert.equal(optionText(field('text'), { a: 1 }), null);
  assert.equal(optionText(field('list'), [[1]]), null);
  assert.equal(optionText(field('pairs'), [{ name: 'a', value: 'b', more: 1 }]), null);
});
