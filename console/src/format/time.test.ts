import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clockTime, clockTimeOn, dateTime, formatAge, formatDuration } from './time.ts';

const plain = (text: string): string => text.replaceAll('\u00a0', ' ');
const at = (...parts: [number, number, number, number, number, number]): number =>
  new Date(...parts).getTime();

test('durations show their two largest units', () => {
  const cases: [number, string][] = [
    [0, '0 s'],
    [0.25, '250 ms'],
    [5, '5 s'],
    [130, '2 m 10 s'],
    [3_600, '1 h'],
    [3_605, '1 h'],
    [15_120, '4 h 12 m'],
    [90_000, '1 d 1 h'],
  ];
  for (const [seconds, expected] of cases) assert.equal(plain(formatDuration(seconds)), expected);
});

test('ages have one unit, minutes beside hours, and never lie ahead', () => {
  assert.equal(plain(formatAge(-3)), '0 s');
  assert.equal(plain(formatAge(59.9)), '59 s');
  assert.equal(plain(formatAge(1_050)), '17 min');
  assert.equal(plain(formatAge(7_920)), '2 h 12 m');
  assert.equal(plain(formatAge(200_000)), '2 d');
});

test('clock times are local, and name the day where it is another one', () => {
  const morning = at(2026, 10, 24, 10, 7, 13);
  assert.equal(clockTime(morning), '10:07:13');
  assert.equal(dateTime(morning), '2026-11-24 10:07');
  assert.equal(clockTimeOn(morning, at(2026, 10, 24, 23, 0, 0)), '10:07:13');
  assert.equal(clockTimeOn(morning, at(2026, 10, 25, 0, 0, 1)), '2026-11-24 10:07');
});
