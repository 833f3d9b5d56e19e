import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PROBES, type Probe } from '@streamswarm/contract';
import { optionFields } from './option-fields.ts';

const ALL: readonly Probe[] = Object.values(PROBES);

test('every option of every probe can be edited in the form', () => {
  for (const { name, options } of ALL) {
    assert.deepEqual(
      optionFields(options).map((field) => field.name),
      Object.keys(options.properties),
      name,
    );
  }
});

test('a field says what it is for, what is allowed, and what holds without it', () => {
  const field = (probe: keyof typeof PROBES, name: string) =>
    optionFields(PROBES[probe].options).find((each) => each.name === name);
  assert.deepEqual(field('icmp', 'count'), {
    name: 'count',
    input: 'number',
    meaning: 'Echo requests a slot.',
    absent: '10',
    allowed: '1 … 100',
    choices: [],
    isNumeric: true,
  });
  assert.deepEqual(
    [field('http', 'path')?.absent, field('http', 'path')?.meaning],
    ['/', 'Path and query for a host or Service. A URL says it itself.'],
  );
  assert.deepEqual(field('http', 'method')?.choices, ['GET', 'HEAD', 'POST', 'PUT', 'OPTIONS']);
  assert.equal(field('http', 'timeout')?.allowed, '10ms … 5m');
  assert.equal(field('http', 'timeout')?.absent, '10s, or less where the interval leaves less');
  assert.deepEqual(
    ['headers', 'expectStatus', 'body', 'path', 'follow'].map((name) => field('http', name)?.input),
    ['pairs', 'list', 'long-text', 'text', 'number'],
  );
  assert.equal(field('icmp', 'dscp')?.input, 'number', 'a number, or a word that stays one');
  assert.equal(field('icmp', 'dontFragment')?.input, 'flag');
});

test('what the form does not know is left to the YAML', () => {
  assert.deepEqual(optionFields({ properties: { deep: { type: 'object', properties: {} } } }), []);
  assert.deepEqual(optionFields(undefined), []);
});
