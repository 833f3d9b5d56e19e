import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EchoResult } from '../../native/packet-engine.ts';
import { readAnswer, type TraceAnswer } from './read-answer.ts';

const nothing: EchoResult = { sent: 1, sendErrors: [], replies: [], icmpErrors: [], receiveDrops: 0 };
const reply: EchoResult['replies'][number] = {
  seq: 0,
  rttSeconds: 2e-3,
  stamp: 'kernel',
  userRttSeconds: 3e-3,
  localQueueSeconds: null,
  ttl: 60,
  duplicate: false,
  arrival: 0,
};
const error = (type: number, code: number, from: string | null = '198.18.0.1', rttSeconds = 1e-3) => ({
  icmpErrors: [{ type, code, from, rttSeconds, seq: 0 }],
});
const router: TraceAnswer = { kind: 'router', address: '198.18.0.1', rttSeconds: 1e-3 };
const unreachable = (reason: string): TraceAnswer => ({ ...router, kind: 'unreachable', reason });

const CASES: [name: string, to: string, result: Partial<EchoResult>, expected: TraceAnswer][] = [
  ['a reply', '198.18.9.9', { replies: [reply] }, { kind: 'destination', rttSeconds: 2e-3 }],
  ['time exceeded', '198.18.9.9', error(11, 0), router],
  ['time exceeded, IPv6', 'fd00::9', error(3, 0), router],
  ['no reassembly', '198.18.9.9', error(11, 1), unreachable('ttl-exceeded')],
  ['host unreachable', '198.18.9.9', error(3, 1), unreachable('host-unreachable')],
  ['no route, IPv6', 'fd00::9', error(1, 0), unreachable('network-unreachable')],
  ['an error of nobody', '198.18.9.9', error(11, 0, null), { kind: 'silent' }],
  ['an error too late', '198.18.9.9', error(11, 0, '198.18.0.1', 1.001), { kind: 'silent' }],
  ['silence', '198.18.9.9', {}, { kind: 'silent' }],
  [
    'an own full buffer',
    '198.18.9.9',
    { receiveDrops: 1 },
    { kind: 'unsent', reason: 'receive-buffer-full' },
  ],
  [
    'no route from here',
    '198.18.9.9',
    { sent: 0, sendErrors: [{ code: 'ENETUNREACH', count: 1 }] },
    { kind: 'unsent', reason: 'network-unreachable' },
  ],
];

for (const [name, to, result, expected] of CASES) {
  test(name, () => assert.deepEqual(readAnswer(to, { ...nothing, ...result }, 1_000), expected));
}
