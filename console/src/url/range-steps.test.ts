import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changedQuery } from './query-string.ts';
import { type Range, readRange } from './range.ts';
import { movedRange, type RangeStep, steppedRange } from './range-steps.ts';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const at = (clock: string): number => Date.parse(`2026-11-24T${clock}Z`);
const fixed = (from: string, to: string): Range => ({ kind: 'fixed', fromMs: at(from), toMs: at(to) });
const read = (text: string): Range => readRange(new URLSearchParams(text));
const link = (from: string, to: string): string => `from=2026-11-24T${from}Z&to=2026-11-24T${to}Z`;

/** The address after some steps; null where the last leads nowhere. */
function after(text: string, ...steps: readonly RangeStep[]): string | null {
  let query = text;
  for (const step of steps) {
    const search = new URLSearchParams(query);
    const changes = steppedRange(search, readRange(search), { step, nowMs: NOW });
    if (changes === null) return null;
    query = changedQuery(search, changes);
  }
  return query;
}

test('earlier and later go by half, and the way back to now is live again', () => {
  assert.deepEqual(read(after('test=a/b&range=1h', 'earlier') ?? ''), fixed('10:30:00', '11:30:00'));
  assert.deepEqual(
    read(after('range=1h', 'earlier', 'earlier', 'later') ?? ''),
    fixed('10:30:00', '11:30:00'),
  );
  assert.equal(after('test=a/b&range=1h', 'earlier', 'later'), 'test=a/b&range=1h');
  assert.equal(after('range=1h', 'later'), null);
});

test('the clock goes on between a step back and one forth', () => {
  const query = new URLSearchParams(after('range=1h', 'earlier') ?? '');
  const later = (nowMs: number) => steppedRange(query, readRange(query), { step: 'later', nowMs });
  assert.equal(later(NOW + 600_000)?.['range'], '1h');
  assert.equal(later(NOW + 1_800_000)?.['range'], null);
  const nudged = movedRange(query, readRange(query), { byMs: -1_000, nowMs: NOW - 1_790_000 });
  assert.equal(nudged?.['range'], null, 'a step away from now is none towards it');
});

test('a window of its own ends with now, and then goes no further', () => {
  const text = link('11:00:00', '11:50:00');
  assert.deepEqual(read(after(text, 'later') ?? ''), fixed('11:10:00', '12:00:00'));
  assert.equal(after(text, 'later', 'later'), null);
});

test('longer and shorter go through the ranges that can be chosen while the range is live', () => {
  assert.equal(after('range=1h', 'longer'), 'range=6h');
  assert.equal(after('range=1h', 'shorter'), 'range=15m');
  assert.equal(after('range=45m', 'shorter'), 'range=15m');
  assert.equal(after('range=30d', 'longer'), null);
  assert.equal(after('range=5m', 'shorter'), null);
});

test('a window is doubled and halved about its middle, down to a minute', () => {
  const text = link('10:00:00', '10:20:00');
  assert.deepEqual(read(after(text, 'longer') ?? ''), fixed('09:50:00', '10:30:00'));
  assert.deepEqual(read(after(text, 'shorter') ?? ''), fixed('10:05:00', '10:15:00'));
  assert.equal(after(link('10:00:00', '10:01:30'), 'shorter'), null);
  assert.deepEqual(read(after(link('11:40:00', '12:00:00'), 'longer') ?? ''), fixed('11:20:00', '12:00:00'));
});

test('what is moved by hand keeps its length, and nothing moves into the future', () => {
  const query = new URLSearchParams('range=1h');
  const moved = movedRange(query, readRange(query), { byMs: -600_000, nowMs: NOW });
  assert.deepEqual(read(changedQuery(query, moved ?? {})), fixed('10:50:00', '11:50:00'));
  assert.equal(movedRange(query, readRange(query), { byMs: 600_000, nowMs: NOW }), null);
  assert.equal(movedRange(query, readRange(query), { byMs: 0, nowMs: NOW }), null);
});
