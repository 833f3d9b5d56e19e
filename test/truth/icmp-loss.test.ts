import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type PacketEngine, startPacketEngine } from '../../agent/src/native/packet-engine.ts';
import { runIcmp } from '../../agent/src/probes/icmp/run-icmp.ts';
import { NetworkLab, networkLabProblem } from '../support/net/network-lab.ts';
import { PacketFilter } from '../support/net/packet-filter.ts';
import { type RoutedPath, routedPath } from '../support/net/routed-path.ts';

const skip = networkLabProblem() ?? false;
/** A fresh path, so that no test inherits another's filter, cached route or neighbour. */
function freshPath(t: TestContext): RoutedPath {
  const lab = new NetworkLab();
  t.after(() => lab.close());
  return routedPath(lab);
}

/** An engine on the client, and neighbours known all along the path: a burst would overflow their queues. */
async function engineOn(
  t: TestContext,
  path: RoutedPath,
  options: { stampIds?: 'own' | 'counted' } = {},
): Promise<PacketEngine> {
  const engine = await startPacketEngine({ netns: path.client.name, ...options });
  t.after(() => engine.close());
  for (const address of Object.values(path.serverAddress)) {
    await runIcmp(engine, { address }, { count: 1, size: 56, spacingMs: 0, timeoutMs: 2_000 });
  }
  return engine;
}

const ECHO_REQUEST = { 4: 'icmp type echo-request', 6: 'icmpv6 type echo-request' };
const quick = { size: 56, spacingMs: 0, timeoutMs: 300 };

for (const kind of ['raw', 'dgram'] as const) {
  for (const family of [4, 6] as const) {
    for (const every of [4, 10, 100]) {
      const title = `IPv${family}, ${kind} sockets: every ${every}th packet dropped is every ${every}th counted`;
      test(title, { skip }, async (t) => {
        const path = freshPath(t);
        if (kind === 'dgram') path.client.sysctl('net.ipv4.ping_group_range', '0 2147483647');
        const engine = await engineOn(t, path);
        const filter = new PacketFilter(path.router);
        filter.dropEvery(every, ECHO_REQUEST[family], 'dropped');
        assert.equal(engine.capabilities[`icmp${family}`], kind);
        const target = { address: path.serverAddress[family] };
        const { metrics, outcome } = await runIcmp(engine, target, { ...quick, count: 300 });
        const dropped = filter.packets('dropped');
        assert.equal(outcome, 'ok');
        assert.equal(dropped, 300 / every);
        assert.equal(metrics['sent'], 300);
        assert.equal(Number(metrics['sent']) - Number(metrics['received']), dropped);
        assert.equal(metrics['loss_bursts'], dropped);
        assert.equal(metrics['loss_run_max'], 1);
        assert.equal(metrics['duplicates'], 0);
        assert.equal(metrics['ttl'], 63);
      });
    }
  }
}

test('losses of many requests at once add up to the counter', { skip }, async (t) => {
  const path = freshPath(t);
  const engine = await engineOn(t, path);
  const filter = new PacketFilter(path.router);
  filter.dropEvery(10, ECHO_REQUEST[4], 'dropped');
  const target = { address: path.serverAddress[4] };
  const options = { ...quick, count: 20, spacingMs: 1 };
  const outcomes = await Promise.all(Array.from({ length: 100 }, () => runIcmp(engine, target, options)));
  const total = (name: string): number =>
    outcomes.reduce((sum, { metrics }) => sum + Number(metrics[name]), 0);
  assert.equal(total('sent'), 2_000);
  assert.equal(total('sent') - total('received'), filter.packets('dropped'));
});

for (const kind of ['raw', 'dgram'] as const) {
  for (const stampIds of ['own', 'counted'] as const) {
    test(`${kind} sockets, ${stampIds} stamp numbers: kernel stamps carry the round trip`, {
      skip,
    }, async (t) => {
      const path = freshPath(t);
      if (kind === 'dgram') path.client.sysctl('net.ipv4.ping_group_range', '0 2147483647');
      const engine = await engineOn(t, path, { stampIds });
      const ours = path.clientAddress[6];
      for (const [address, source] of [
        [path.serverAddress[4], path.clientAddress[4]],
        [path.serverAddress[6], undefined],
        [path.serverAddress[6], ours],
      ]) {
        if (address === undefined) continue;
        const options = { ...quick, count: 50, spacingMs: 1, ...(source === undefined ? {} : { source }) };
        // The first replies after stamping was switched on may carry none.
        await runIcmp(engine, { address }, options);
        const { metrics } = await runIcmp(engine, { address }, options);
        assert.equal(metrics['stamp'], 'kernel', address);
        assert.ok(Number(metrics['self_error_seconds']) > 0);
        assert.ok(Number(metrics['rtt_p50_seconds']) < Number(metrics['self_error_seconds']));
      }
    });
  }
}

test('stamps still find their packets after sends that failed', { skip }, async (t) => {
  const path = freshPath(t);
  const filter = new PacketFilter(path.client, 'output');
  filter.add('blocked', 'ip daddr 198.18.2.9', 'drop');
  for (const stampIds of ['own', 'counted'] as const) {
    const engine = await engineOn(t, path, { stampIds });
    const good = { address: path.serverAddress[4] };
    await runIcmp(engine, good, { ...quick, count: 50, spacingMs: 1 });
    const [blocked, tooLong, measured] = await Promise.all([
      runIcmp(engine, { address: '198.18.2.9' }, { ...quick, count: 20, spacingMs: 3 }),
      runIcmp(engine, good, { ...quick, count: 20, spacingMs: 3, size: 9_000, dontFragment: true }),
      runIcmp(engine, good, { ...quick, count: 60, spacingMs: 1 }),
    ]);
    assert.deepEqual(
      [blocked.outcome, blocked.source, blocked.reason],
      ['error', 'local', 'blocked-locally'],
    );
    assert.equal(tooLong.reason, 'message-too-long');
    assert.equal(measured.metrics['received'], 60);
    assert.equal(measured.metrics['stamp'], 'kernel', stampIds);
  }
  assert.ok(filter.packets('blocked') > 0);
});

const REJECT = { 4: 'icmp type admin-prohibited', 6: 'icmpv6 type admin-prohibited' };
const ADMIN_PROHIBITED = { 4: { type: 3, code: 13 }, 6: { type: 1, code: 1 } };
for (const kind of ['raw', 'dgram'] as const) {
  for (const family of [4, 6] as const) {
    test(`IPv${family}, ${kind} sockets: an ICMP error is an error and not a loss`, { skip }, async (t) => {
      const path = freshPath(t);
      if (kind === 'dgram') path.client.sysctl('net.ipv4.ping_group_range', '0 2147483647');
      const engine = await engineOn(t, path);
      const filter = new PacketFilter(path.router);
      filter.add('rejected', ECHO_REQUEST[family], `reject with ${REJECT[family]}`);
      const target = { address: path.serverAddress[family] };
      const found = await runIcmp(engine, target, { ...quick, count: 10, spacingMs: 5 });
      assert.deepEqual([found.outcome, found.source, found.reason], ['error', 'network', 'admin-prohibited']);
      assert.equal(found.metrics['sent'], 10);
      assert.equal(filter.packets('rejected'), 10);
      assert.deepEqual(found.metrics['icmp_errors'], [{ ...ADMIN_PROHIBITED[family], count: 10 }]);
      assert.equal(found.nulls?.['rtt_p50_seconds'], 'timeout');
    });
  }
}

const DSCP_EF = { 4: 'ip dscp ef', 6: 'ip6 dscp ef' };
for (const kind of ['raw', 'dgram'] as const) {
  for (const family of [4, 6] as const) {
    test(`IPv${family}, ${kind} sockets: marks and sources are those of each request`, {
      skip,
    }, async (t) => {
      const path = freshPath(t);
      const first = path.clientAddress[family];
      const second = { 4: '198.18.1.2', 6: 'fd00:198:18:1::2' }[family];
      path.client.address('eth0', `${second}/${family === 4 ? 24 : 64}`);
      if (kind === 'dgram') path.client.sysctl('net.ipv4.ping_group_range', '0 2147483647');
      const engine = await engineOn(t, path);
      const filter = new PacketFilter(path.router);
      const request = ECHO_REQUEST[family];
      filter.add('marked', `${request} ${DSCP_EF[family]}`, 'continue');
      const from = `${request} ${family === 4 ? 'ip' : 'ip6'} saddr`;
      filter.add('first', `${from} ${first}`, 'continue');
      filter.add('second', `${from} ${second}`, 'continue');
      const target = { address: path.serverAddress[family] };
      const options = { ...quick, count: 10, spacingMs: 1 };
      const outcomes = await Promise.all([
        runIcmp(engine, target, { ...options, source: first, dscp: 46 }),
        runIcmp(engine, target, { ...options, source: first }),
        runIcmp(engine, target, { ...options, source: second }),
      ]);
      assert.deepEqual(
        outcomes.map(({ metrics }) => metrics['received']),
        [10, 10, 10],
      );
      const seen = ['marked', 'first', 'second'].map((counter) => filter.packets(counter));
      assert.deepEqual(seen, [10, 20, 10]);
    });
  }
}

test('a destination without a route is a local failure', { skip }, async (t) => {
  const path = freshPath(t);
  const engine = await engineOn(t, path);
  path.client.ip('route', 'delete', 'default');
  const found = await runIcmp(engine, { address: '198.19.0.1' }, { ...quick, count: 3 });
  assert.deepEqual([found.outcome, found.source, found.reason], ['error', 'local', 'network-unreachable']);
});

test('the own queue is told apart from the path', { skip }, async (t) => {
  const path = freshPath(t);
  const engine = await engineOn(t, path);
  const target = { address: path.serverAddress[4] };
  await runIcmp(engine, target, { ...quick, count: 50, spacingMs: 1 });
  path.client.run(...'tc qdisc add dev eth0 root tbf rate 1mbit burst 2000 limit 100000'.split(' '));
  const { metrics } = await runIcmp(engine, target, { ...quick, count: 10, size: 1_000 });
  // 10 frames of 1,042 bytes at once; the bucket lets 2,000 bytes pass and then 125,000 bytes a second.
  const expectedSeconds = (10 * 1_042 - 2_000) / 125_000;
  assert.equal(metrics['received'], 10);
  const ratio = Number(metrics['local_queue_seconds']) / expectedSeconds;
  assert.ok(ratio > 0.85 && ratio < 1.25, `measured / expected queue is ${ratio.toFixed(3)}`);
  assert.ok(
    Number(metrics['rtt_p50_seconds']) < expectedSeconds / 10,
    'the round trip contains the own queue',
  );
});
