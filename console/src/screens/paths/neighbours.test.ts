import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TracePoint } from '@streamswarm/contract/wire/traces';
import { comparedWith, movedTo, placeAt } from './neighbours.ts';

const at = (minute: number): string => new Date(minute * 60_000).toISOString();
const trace = (minute: number, hash: string | null): TracePoint => ({
  at: at(minute),
  outcome: hash === null ? 'lost' : 'ok',
  reason: null,
  hash,
  hops: null,
  medians: [],
  changedFrom: null,
});
const TRACES = [trace(1, 'a'), trace(2, 'b'), trace(3, null), trace(4, 'a'), trace(5, 'a')];

test('without a moment the newest trace is meant, else the last one until then', () => {
  assert.equal(placeAt(TRACES, null), 4);
  assert.equal(placeAt(TRACES, at(2)), 1);
  assert.equal(placeAt(TRACES, at(2.5)), 1);
  assert.equal(placeAt(TRACES, at(0)), -1);
  assert.equal(placeAt([], null), -1);
});

test('a trace is compared with the last other way, or with the answered trace before it', () => {
  assert.equal(comparedWith(TRACES, 4, 'path'), TRACES[1]);
  assert.equal(comparedWith(TRACES, 4, 'trace'), TRACES[3]);
  assert.equal(comparedWith(TRACES, 3, 'trace'), TRACES[1]);
  assert.equal(comparedWith(TRACES, 2, 'path'), TRACES[1], 'of silence with any path');
  assert.equal(comparedWith(TRACES, 0, 'path'), null);
  assert.equal(comparedWith(TRACES, -1, 'trace'), null);
});

test('keys move from trace to trace, and the ends hold', () => {
  assert.equal(movedTo('ArrowLeft', 3, 5), 2);
  assert.equal(movedTo('ArrowRight', 4, 5), 4);
  assert.equal(movedTo('PageDown', 4, 5), 0);
  assert.equal(movedTo('Home', 4, 5), 0);
  assert.equal(movedTo('End', 0, 5), 4);
  assert.equal(movedTo('x', 0, 5), null);
});
