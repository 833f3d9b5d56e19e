import assert from 'node:assert/strict';
import { constants } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net';
import { type TestContext, test } from 'node:test';
import { createServer, type TlsOptions } from 'node:tls';
import { HostSampler, hostReader } from '../../agent/src/probes/host/host-sampler.ts';
import type { ProbeOutcome } from '../../agent/src/probes/probe-outcome.ts';
import { probeRunners } from '../../agent/src/probes/registry.ts';
import { runTls } from '../../agent/src/probes/tls/run-tls.ts';
import { issueLeaf } from '../../operator/src/tls/issue-leaf.ts';
import { makeCa } from '../../operator/src/tls/make-ca.ts';
import { ownReach } from '../support/phases/own-reach.ts';
import { waitUntil } from '../support/wait-until.ts';

const NAME = 'shop.example.net';
const ca = await makeCa(Date.now());
async function certificate() {
  const leaf = await issueLeaf(ca, { dnsNames: [NAME], ips: [] }, Date.now());
  return { cert: leaf.certificatePem, key: leaf.keyPem };
}

/** A server, and its own record of which of its handshakes took a session up again. */
async function serve(t: TestContext, options: TlsOptions = {}) {
  const reused: boolean[] = [];
  const server = createServer({ ...(await certificate()), ...options }, (socket) => {
    reused.push(socket.isSessionReused());
    socket.on('error', () => undefined).resume();
  });
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const target = { address: '127.0.0.1', port: (server.address() as AddressInfo).port, serverName: NAME };
  return { server, reused, target };
}

/** One address: the nth connection goes to the nth of these ports, and after the last of them nobody listens. */
async function balance(t: TestContext, ports: readonly number[]): Promise<number> {
  const left = [...ports];
  const balancer = createTcpServer((client) => {
    const server = connect(left.shift() ?? 0, '127.0.0.1');
    for (const socket of [client, server]) socket.on('error', () => undefined);
    client.pipe(server).pipe(client);
    if (left.length === 0) balancer.close();
  }).listen(0, '127.0.0.1');
  await once(balancer, 'listening');
  t.after(() => balancer.close());
  return (balancer.address() as AddressInfo).port;
}

/** A server is done with a handshake a moment after its client. */
async function recorded(reused: readonly boolean[], expected: readonly boolean[]): Promise<void> {
  await waitUntil('the handshakes on the server', () => reused.length >= expected.length);
  assert.deepEqual(reused, expected);
}

const facts = ({ metrics, nulls }: ProbeOutcome): unknown[] => [
  metrics['resumed'],
  typeof metrics['resumed_handshake_seconds'] === 'number' || nulls?.['resumed_handshake_seconds'],
];

for (const version of ['TLSv1.3', 'TLSv1.2'] as const) {
  test(`${version}: a session is taken up again, as the server's own record says`, async (t) => {
    const { reused, target } = await serve(t, { minVersion: version, maxVersion: version });
    const outcome = await runTls(target, { timeoutMs: 5_000, resume: true });
    assert.deepEqual([outcome.outcome, outcome.metrics['version']], ['ok', version]);
    assert.deepEqual(facts(outcome), [1, true]);
    await recorded(reused, [false, true]);
  });
}

test('a server that keeps no sessions, and one that does not know this one, do not resume', async (t) => {
  const without = await serve(t, {
    maxVersion: 'TLSv1.2',
    secureOptions: constants.SSL_OP_NO_TICKET,
    sessionIdContext: 'none',
  });
  const none = await runTls(without.target, { timeoutMs: 5_000, resume: true });
  assert.deepEqual(facts(none), [0, 'not-applicable']);
  await recorded(without.reused, [false, false]);

  const servers = [await serve(t), await serve(t)] as const;
  // Behind one address the second connection meets another server, with other keys for its tickets.
  const port = await balance(t, [servers[0].target.port, servers[1].target.port]);
  const refused = await runTls({ ...servers[0].target, port }, { timeoutMs: 5_000, resume: true });
  assert.deepEqual(facts(refused), [0, 'not-applicable']);
  await recorded(servers[0].reused, [false]);
  await recorded(servers[1].reused, [false]);
});

test('not asked for is not measured, and a second connection that fails is no answer', async (t) => {
  const { reused, target } = await serve(t);
  const unasked = await runTls(target, { timeoutMs: 5_000 });
  assert.deepEqual([unasked.metrics['resumed'], unasked.nulls?.['resumed']], [null, 'not-applicable']);
  await recorded(reused, [false]);
  // There is nobody for the second connection.
  const port = await balance(t, [target.port]);
  const closed = await runTls({ ...target, port }, { timeoutMs: 5_000, resume: true });
  assert.deepEqual(
    [closed.outcome, closed.metrics['resumed'], closed.nulls?.['resumed']],
    ['ok', null, 'failed'],
  );
});

test('another certificate is one change, and a slot without a handshake forgets nothing', async (t) => {
  const { server, target } = await serve(t);
  const host = new HostSampler(
    hostReader(process.platform, () => performance.now()),
    () => performance.now(),
  );
  const runners = probeRunners(
    () => {
      throw new Error('tls needs no packet engine');
    },
    host,
    ownReach('127.0.0.1'),
  );
  const probe = runners.tls.prepare({
    span: 1,
    stream: '1',
    probe: 'tls',
    kind: 'tls',
    options: { serverName: NAME, timeout: '300ms' },
    target: { destination: 'shop', host: NAME, port: target.port },
    startMs: 0,
    periodMs: 5_000,
    offsetMs: 0,
    fromMs: 0,
    toMs: null,
  });
  const change = async (): Promise<unknown> => {
    const outcome = await probe.run('127.0.0.1');
    assert.ok(outcome.outcome !== 'denied');
    return outcome.metrics['fingerprint_changed'] ?? outcome.nulls?.['fingerprint_changed'];
  };
  assert.deepEqual([await change(), await change()], ['first-sample', 0]);
  server.setSecureContext(await certificate());
  assert.deepEqual([await change(), await change()], [1, 0]);
  // No certificate for anybody.
  server.setSecureContext({ cert: undefined, key: undefined } as object);
  assert.equal(await change(), 'not-applicable');
  server.setSecureContext(await certificate());
  assert.equal(await change(), 1);
});
