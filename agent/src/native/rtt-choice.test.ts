import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseRtt } from './rtt-choice.ts';

const MS = 1e6;
const sound = { sentStampNs: 5 * MS, receivedStampNs: 15 * MS, userNs: 10.1 * MS, clockShiftNs: 0 };

const cases: [name: string, change: Partial<typeof sound>, rttMs: number, stamp: string][] = [
  ['both stamps', {}, 10, 'kernel'],
  ['a late user space', { userNs: 60 * MS }, 10, 'kernel'],
  ['no transmit stamp', { sentStampNs: -1 }, 10.1, 'user'],
  ['no receive stamp', { receivedStampNs: -1 }, 10.1, 'user'],
  ['a step back beyond the send', { receivedStampNs: 1 * MS }, 10.1, 'user'],
  ['a step forward', { receivedStampNs: 3_615 * MS }, 10.1, 'user'],
  [
    'a step back of half the round trip, seen by the clocks alone',
    { receivedStampNs: 10 * MS, clockShiftNs: -5 * MS },
    10.1,
    'user',
  ],
  ['noise between the clocks', { clockShiftNs: 20_000 }, 10, 'kernel'],
  ['slewing of 500 ppm', { clockShiftNs: 5_000, userNs: 10.1 * MS }, 10, 'kernel'],
];

for (const [name, change, rttMs, stamp] of cases) {
  test(`${name}: ${stamp}`, () => {
    assert.deepEqual(chooseRtt({ ...sound, ...change }), { rttNs: rttMs * MS, stamp });
  });
}
