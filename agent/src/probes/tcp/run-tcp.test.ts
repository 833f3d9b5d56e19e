import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ConnectResult } from '../../native/packet-engine.ts';
import { judgeConnect } from './run-tcp.ts';

const nothing: ConnectResult = {
  outcome: 'failed',
  errno: null,
  failedLocally: false,
  connectSeconds: null,
  tcpInfo: null,
  localAddress: null,
};

const cases: [given: Partial<ConnectResult>, expected: unknown[]][] = [
  [{ outcome: 'connected', connectSeconds: 0.01 }, ['ok', undefined, undefined]],
  [{ outcome: 'timeout' }, ['lost', undefined, undefined]],
  [{ errno: 'ETIMEDOUT' }, ['lost', undefined, undefined]],
  [{ errno: 'ECONNREFUSED' }, ['error', 'target', 'refused']],
  [{ errno: 'ECONNRESET' }, ['error', 'target', 'reset']],
  [{ errno: 'EHOSTUNREACH' }, ['error', 'network', 'unreachable']],
  [{ errno: 'ENETUNREACH', failedLocally: true }, ['error', 'local', 'unreachable']],
  [{ errno: 'EADDRNOTAVAIL', failedLocally: true }, ['error', 'local', 'eaddrnotavail']],
];

for (const [given, expected] of cases) {
  test(`${given.outcome ?? given.errno} is ${expected.filter(Boolean).join(' ')}`, () => {
    const { outcome, source, reason, metrics } = judgeConnect(443, { ...nothing, ...given });
    assert.deepEqual([outcome, source, reason], expected);
    assert.equal(metrics['port'], 443);
  });
}

test('what the kernel told is kept, what it did not tell is null with a reason', () => {
  const tcpInfo = { handshakeRttSeconds: 0.009, sndMss: 1448, kernelCachedPmtu: null };
  const { metrics, nulls } = judgeConnect(443, {
    ...nothing,
    outcome: 'connected',
    connectSeconds: 0.01,
    tcpInfo,
  });
  assert.deepEqual(metrics, {
    connect_seconds: 0.01,
    handshake_rtt_seconds: 0.009,
    mss_bytes: 1448,
    kernel_cached_pmtu_bytes: null,
    port: 443,
  });
  assert.deepEqual(nulls, { kernel_cached_pmtu_bytes: 'unsupported' });
});
