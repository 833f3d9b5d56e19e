import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hopLines } from './hop-lines.ts';

test('each hop stands on a line, a silent one with a star, and no reason is lost', () => {
  const lines = hopLines([
    { ttl: 1, address: '198.18.0.1', sent: 3, rtts_seconds: [0.001, 0.0025] },
    { ttl: 2, address: null, sent: 3, rtts_seconds: [] },
    {
      ttl: 3,
      address: '198.18.0.3',
      sent: 1,
      rtts_seconds: [1.5],
      unreachable: 'host-unreachable',
      others: ['198.18.0.4'],
    },
  ]).map((line) => line.replaceAll('\u202f', ' ').replaceAll('\u00a0', ' '));
  assert.deepEqual(lines, [
    'HOP   ADDRESS                 LOST   ROUND TRIPS',
    '  1   198.18.0.1               1/3   1.00 ms  2.50 ms',
    '  2   *                        3/3   -',
    '  3   198.18.0.3 198.18.0.4    0/1   1.50 s             host-unreachable',
  ]);
});
