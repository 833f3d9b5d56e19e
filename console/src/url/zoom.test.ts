import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changedQuery } from './query-string.ts';
import { type Range, readRange } from './range.ts';
import { isZoomed, zoomInto, zoomOut } from './zoom.ts';

const HOUR = Date.parse('2026-11-24T10:00:00Z');
const after = (text: string, changes: Readonly<Record<string, string | null>>): string =>
  changedQuery(new URLSearchParams(text), changes);
const into = (text: string, fromMs: number, toMs: number): string => {
  const query = new URLSearchParams(text);
  return after(text, zoomInto(query, readRange(query), { fromMs, toMs }));
};
const out = (text: string): string => after(text, zoomOut(new URLSearchParams(text)));
const read = (text: string): Range => readRange(new URLSearchParams(text));

test('a zoom names its times, and the way out leads back to the range, however deep it is', () => {
  const once = into('test=a/b&range=6h', HOUR, HOUR + 600_000);
  assert.deepEqual(read(once), { kind: 'fixed', fromMs: HOUR, toMs: HOUR + 600_000 });
  const twice = into(once, HOUR, HOUR + 60_000);
  assert.ok(isZoomed(new URLSearchParams(twice)));
  assert.equal(out(twice), 'test=a/b&range=6h');
});

test('out of a zoom into fixed times lead those times', () => {
  const link = `from=${new Date(HOUR).toISOString()}&to=${new Date(HOUR + 3_600_000).toISOString()}`;
  assert.equal(isZoomed(new URLSearchParams(link)), false, 'a link with times is no zoom');
  const back = out(into(link, HOUR, HOUR + 60_000));
  assert.deepEqual(read(back), read(link));
  assert.equal(isZoomed(new URLSearchParams(back)), false);
});

test('a range chosen while zoomed is one to zoom into anew', () => {
  const chosen = after(into('range=6h', HOUR, HOUR + 60_000), { range: '1h', from: null, to: null });
  assert.equal(out(into(chosen, HOUR, HOUR + 1_000)), 'range=1h');
});
