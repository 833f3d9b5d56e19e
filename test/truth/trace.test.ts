import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type TraceHop, traceSettings } from '@streamswarm/contract/probes/trace';
import { type PacketEngine, startPacketEngine } from '../../agent/src/native/packet-engine.ts';
import type { ProbeOutcome } from '../../agent/src/probes/probe-outcome.ts';
import { runTrace } from '../../agent/src/probes/trace/run-trace.ts';
import { watchFlows } from '../support/net/flow-watch.ts';
import { NetworkLab, networkLabProblem } from '../support/net/network-lab.ts';
import { PacketFilter } from '../support/net/packet-filter.ts';
import { type RouterChain, routerChain } from '../support/net/router-chain.ts';

const skip = networkLabProblem() ?? false;
const ROUTERS = 6;
const RUNS = 10;
/** What a silent destination may cost. */
const SILENT_MS = 3_000;
const settings = traceSettings({}, 60_000);

const TIME_EXCEEDED = { 4: 'icmp type time-exceeded', 6: 'icmpv6 type time-exceeded' };
const ECHO_REQUEST = { 4: 'icmp type echo-request', 6: 'icmpv6 type echo-request' };
const ECHO_REPLY = { 4: 'icmp type echo-reply', 6: 'icmpv6 type echo-reply' };
const NOBODY_THERE = {
  4: 'reject with icmp type host-unreachable',
  6: 'reject with icmpv6 type addr-unreachable',
};

async function freshChain(t: TestContext): Promise<{ chain: RouterChain; engine: PacketEngine }> {
  const lab = new NetworkLab();
  t.after(() => lab.close());
  const chain = routerChain(lab, ROUTERS);
  const engine = await startPacketEngine({ netns: chain.client.name });
  t.after(() => engine.close());
  return { chain, engine };
}

const pathOf = ({ metrics }: ProbeOutcome): TraceHop[] => metrics['path'] as TraceHop[];
const addressesOf = (outcome: ProbeOutcome) => pathOf(outcome).map(({ address }) => address);
const router = ({ routers }: RouterChain, nth: number) => {
  const found = routers[nth - 1];
  if (found === undefined) throw new Error(`no router ${nth}`);
  return found;
};

for (const family of [4, 6] as const) {
  test(`IPv${family}: no hop is wrong in ${RUNS} runs`, { skip }, async (t) => {
    const { chain, engine } = await freshChain(t);
    const hashes = new Set<unknown>();
    for (let run = 0; run < RUNS; run++) {
      const outcome = await runTrace(engine, { address: chain.serverAddress[family] }, settings);
      assert.equal(outcome.outcome, 'ok');
      assert.deepEqual(addressesOf(outcome), chain.hops[family]);
      for (const { sent, rtts_seconds } of pathOf(outcome)) {
        assert.deepEqual([sent, rtts_seconds.length], [settings.count, settings.count]);
        assert.ok(rtts_seconds.every((rtt) => rtt > 0));
      }
      const { hops, last_responding_ttl, sent, received, path_hash } = outcome.metrics;
      const packets = (ROUTERS + 1) * settings.count;
      assert.deepEqual([hops, last_responding_ttl, sent, received], [7, 7, packets, packets]);
      hashes.add(path_hash);
    }
    assert.equal(hashes.size, 1);
  });

  for (const kind of ['raw', 'dgram'] as const) {
    test(`IPv${family}, ${kind} sockets: every packet of a trace belongs to one flow`, {
      skip,
    }, async (t) => {
      const lab = new NetworkLab();
      t.after(() => lab.close());
      const chain = routerChain(lab, ROUTERS);
      if (kind === 'dgram') chain.client.sysctl('net.ipv4.ping_group_range', '0 2147483647');
      const flows = watchFlows(router(chain, 1), family);
      const engine = await startPacketEngine({ netns: chain.client.name });
      t.after(() => engine.close());
      assert.equal(engine.capabilities[`icmp${family}`], kind);
      const { outcome } = await runTrace(engine, { address: chain.serverAddress[family] }, settings);
      assert.equal(outcome, 'ok');
      assert.equal(flows.seen(), 1);
    });
  }

  test(`IPv${family}: a silent hop is null and the others are right`, { skip }, async (t) => {
    const { chain, engine } = await freshChain(t);
    const filter = new PacketFilter(router(chain, 3), 'output');
    filter.add('silent', TIME_EXCEEDED[family], 'drop');
    const outcome = await runTrace(engine, { address: chain.serverAddress[family] }, settings);
    assert.equal(outcome.outcome, 'ok');
    const expected = chain.hops[family].map((address, i) => (i === 2 ? null : address));
    assert.deepEqual(addressesOf(outcome), expected);
    assert.deepEqual(pathOf(outcome)[2], { ttl: 3, address: null, sent: settings.count, rtts_seconds: [] });
    assert.equal(filter.packets('silent'), settings.count);
    assert.equal(outcome.metrics['hops'], ROUTERS + 1);
  });

  test(`IPv${family}: the loss of a hop is that of its packets`, { skip }, async (t) => {
    const { chain, engine } = await freshChain(t);
    const filter = new PacketFilter(router(chain, 5), 'output');
    filter.dropEvery(3, TIME_EXCEEDED[family], 'dropped');
    const options = { ...settings, count: 9 };
    const outcome = await runTrace(engine, { address: chain.serverAddress[family] }, options);
    const losses = pathOf(outcome).map(({ sent, rtts_seconds }) => sent - rtts_seconds.length);
    assert.deepEqual(losses, [0, 0, 0, 0, 3, 0, 0]);
    assert.equal(filter.packets('dropped'), 3);
    assert.equal(Number(outcome.metrics['sent']) - Number(outcome.metrics['received']), 3);
    assert.deepEqual(addressesOf(outcome), chain.hops[family]);
  });

  test(`IPv${family}: a silent destination has no hop count, and costs little`, { skip }, async (t) => {
    const { chain, engine } = await freshChain(t);
    new PacketFilter(chain.server, 'output').add('silent', ECHO_REPLY[family], 'drop');
    const startMs = performance.now();
    const outcome = await runTrace(engine, { address: chain.serverAddress[family] }, settings);
    const tookMs = performance.now() - startMs;
    assert.ok(tookMs <= SILENT_MS, `${tookMs} ms`);
    assert.equal(outcome.outcome, 'lost');
    assert.equal(outcome.metrics['hops'], null);
    assert.equal(outcome.nulls?.['hops'], 'timeout');
    assert.equal(outcome.metrics['last_responding_ttl'], ROUTERS);
    assert.deepEqual(addressesOf(outcome), chain.hops[family].slice(0, ROUTERS));
  });

  test(`IPv${family}: where nothing goes on, the path ends with the reason`, { skip }, async (t) => {
    const { chain, engine } = await freshChain(t);
    new PacketFilter(router(chain, 4)).add('refused', ECHO_REQUEST[family], NOBODY_THERE[family]);
    const outcome = await runTrace(engine, { address: chain.serverAddress[family] }, settings);
    assert.deepEqual(
      [outcome.outcome, outcome.source, outcome.reason],
      ['error', 'network', 'host-unreachable'],
    );
    assert.equal(outcome.metrics['hops'], null);
    assert.deepEqual(addressesOf(outcome).slice(0, 4), chain.hops[family].slice(0, 4));
    assert.equal(pathOf(outcome).at(-1)?.unreachable, 'host-unreachable');
  });
}
