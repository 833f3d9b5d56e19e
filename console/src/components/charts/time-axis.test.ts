import assert from 'node:assert/strict';
import { test } from 'node:test';
import { timeTicks } from './time-axis.ts';

const at = (h: number, m: number, s = 0): number => new Date(2026, 10, 24, h, m, s).getTime();
const texts = (from: number, to: number, width: number): string[] =>
  timeTicks(from, to, width).map(({ text }) => text);

test('an hour on a wide chart has a tick each ten minutes', () => {
  assert.deepEqual(texts(at(9, 24, 37), at(10, 24, 37), 742), [
    '09:30',
    '09:40',
    '09:50',
    '10:00',
    '10:10',
    '10:20',
  ]);
});

test('seconds are shown where steps are shorter than a minute', () => {
  assert.deepEqual(texts(at(10, 0, 1), at(10, 1, 1), 400), ['10:00:15', '10:00:30', '10:00:45', '10:01:00']);
});

test('midnight shows the date', () => {
  assert.deepEqual(texts(at(20, 0), at(28, 0), 300), ['21:00', '25 Nov', '03:00']);
});
