import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EchoReply, EchoResult, PacketEngine } from '../../native/packet-engine.ts';
import { judge, runIcmp } from './run-icmp.ts';

const nothing: EchoResult = { sent: 0, sendErrors: [], replies: [], icmpErrors: [], receiveDrops: 0 };
const reply: EchoReply = {
  seq: 0,
  rttSeconds: 0.001,
  stamp: 'kernel',
  userRttSeconds: 0.0011,
  localQueueSeconds: null,
  ttl: 60,
  duplicate: false,
  arrival: 0,
};
const error = (type: number, code: number) => ({ type, code, from: '198.18.0.1', seq: 0, rttSeconds: 1e-3 });

const cases: [name: string, address: string, result: Partial<EchoResult>, expected: unknown[]][] = [
  ['a reply', '198.18.0.9', { sent: 2, replies: [reply] }, ['ok', undefined, undefined]],
  ['silence', '198.18.0.9', { sent: 2 }, ['lost', undefined, undefined]],
  [
    'host unreachable',
    '198.18.0.9',
    { sent: 2, icmpErrors: [error(3, 1)] },
    ['error', 'network', 'host-unreachable'],
  ],
  [
    'prohibited',
    '198.18.0.9',
    { sent: 2, icmpErrors: [error(3, 13)] },
    ['error', 'network', 'admin-prohibited'],
  ],
  ['TTL', '198.18.0.9', { sent: 2, icmpErrors: [error(11, 0)] }, ['error', 'network', 'ttl-exceeded']],
  [
    'too long',
    '198.18.0.9',
    { sent: 2, icmpErrors: [error(3, 4)] },
    ['error', 'network', 'message-too-long'],
  ],
  ['v6 host', 'fd00::9', { sent: 2, icmpErrors: [error(1, 3)] }, ['error', 'network', 'host-unreachable']],
  [
    'v6 prohibited',
    'fd00::9',
    { sent: 2, icmpErrors: [error(1, 1)] },
    ['error', 'network', 'admin-prohibited'],
  ],
  ['v6 hop limit', 'fd00::9', { sent: 2, icmpErrors: [error(3, 0)] }, ['error', 'network', 'ttl-exceeded']],
  ['v6 too big', 'fd00::9', { sent: 2, icmpErrors: [error(2, 0)] }, ['error', 'network', 'message-too-long']],
  [
    'a reply beside an error',
    '198.18.0.9',
    { sent: 2, replies: [reply], icmpErrors: [error(3, 1)] },
    ['ok', undefined, undefined],
  ],
  [
    'no route',
    '198.18.0.9',
    { sendErrors: [{ code: 'ENETUNREACH', count: 2 }] },
    ['error', 'local', 'network-unreachable'],
  ],
  [
    'a local filter',
    '198.18.0.9',
    { sendErrors: [{ code: 'EPERM', count: 2 }] },
    ['error', 'local', 'blocked-locally'],
  ],
  [
    'an own full buffer',
    '198.18.0.9',
    { sent: 2, replies: [reply], receiveDrops: 1 },
    ['error', 'local', 'receive-buffer-full'],
  ],
  [
    'drops that cost us nothing',
    '198.18.0.9',
    { sent: 1, replies: [reply], receiveDrops: 1 },
    ['ok', undefined, undefined],
  ],
];

for (const [name, address, given, expected] of cases) {
  test(name, () => {
    const { outcome, source, reason } = judge(address, { ...nothing, ...given });
    assert.deepEqual([outcome, source, reason], expected);
  });
}

test('a failed send is neither sent nor lost', () => {
  const { metrics, nulls } = judge('198.18.0.9', {
    ...nothing,
    sendErrors: [{ code: 'ENETUNREACH', count: 3 }],
  });
  assert.deepEqual([metrics['sent'], nulls?.['sent']], [null, 'not-applicable']);
});

test('without a socket nothing is asked of the engine', async () => {
  const denied = { reason: 'no-permission', detail: '', enable: '' } as const;
  const engine: PacketEngine = {
    capabilities: { icmp4: denied, icmp6: 'dgram', kernelTimestamps: true, tcpInfo: true },
    echo: () => Promise.reject(new Error('asked')),
    connect: () => Promise.reject(new Error('asked')),
    close: () => Promise.resolve(),
  };
  const options = { count: 1, size: 56, spacingMs: 0, timeoutMs: 100 };
  const found = await runIcmp(engine, { address: '198.18.0.9' }, options);
  assert.deepEqual([found.outcome, found.source, found.reason], ['error', 'local', 'no-permission']);
  assert.deepEqual(
    [found.metrics['rtt_p50_seconds'], found.nulls?.['rtt_p50_seconds']],
    [null, 'no-permission'],
  );
});
