import assert from 'node:assert/strict';
import { test } from 'node:test';
import { absoluteQuery } from './absolute-query.ts';
import { readRange } from './range.ts';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const absolute = (text: string, nowMs = NOW): string => {
  const query = new URLSearchParams(text);
  return absoluteQuery(query, readRange(query), nowMs);
};

test('a live range becomes the two moments it shows, and the rest of the view stays', () => {
  assert.equal(
    absolute('test=a/b&range=1h&off=w-2'),
    'test=a/b&off=w-2&from=2026-11-24T11:00:00.000Z&to=2026-11-24T12:00:00.000Z',
  );
});

test('an address that names no range gets the one that is shown for it', () => {
  assert.equal(absolute(''), 'from=2026-11-24T11:45:00.000Z&to=2026-11-24T12:00:00.000Z');
});

test('a zoom stays where it is, without the way back of the one who zoomed', () => {
  const zoom = 'from=2026-11-24T10:00:00.000Z&to=2026-11-24T10:05:00.000Z';
  assert.equal(absolute(`${zoom}&out=1h`), zoom);
  assert.equal(absolute(zoom, NOW + 3_600_000), zoom);
});
