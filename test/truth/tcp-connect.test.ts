import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startPacketEngine } from '../../agent/src/native/packet-engine.ts';
import { runIcmp } from '../../agent/src/probes/icmp/run-icmp.ts';
import { runTcp } from '../../agent/src/probes/tcp/run-tcp.ts';
import { NetworkLab, networkLabProblem } from '../support/net/network-lab.ts';
import { PacketFilter } from '../support/net/packet-filter.ts';
import type { Relay, RelayRecord } from '../support/net/relay/relay.ts';
import { relayedPath } from '../support/net/relayed-path.ts';
import { routedPath } from '../support/net/routed-path.ts';
import { startTcpListener } from '../support/net/tcp-listener.ts';

const skip = networkLabProblem() ?? false;
const TRIES = 31;
const DELAYS_SECONDS = [0.005, 0.02, 0.08];
const SYN = 0x02;
const SYN_ACK = 0x12;

/**
 * What a measurement may add to the relay's record, as a multiple of what it adds on this very path at delay 0
 * in this very run. A host that has slept for 80 ms wakes with cold caches: two to four times was seen.
 */
const NOISE_RATIO = 10;

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted[sorted.length >> 1];
  assert.ok(middle !== undefined, 'no values');
  return middle;
}

/** The delays of the one frame each way that `isOurs` picks. */
function roundTrip(records: readonly RelayRecord[], isOurs: (record: RelayRecord) => boolean): number {
  const ours = records.filter(isOurs);
  assert.deepEqual(ours.map((record) => record.direction).sort(), ['backward', 'forward']);
  return ours.reduce((sum, record) => sum + record.delaySeconds, 0);
}

/** Median of what `measure` gives beyond the relay's own record, over many tries. */
async function excess(
  relay: Relay,
  measure: () => Promise<number>,
  isOurs: (record: RelayRecord) => boolean,
) {
  const beyond: number[] = [];
  for (let i = 0; i < TRIES; i++) {
    await relay.takeRecords();
    const measuredSeconds = await measure();
    const recordedSeconds = roundTrip(await relay.takeRecords(), isOurs);
    assert.ok(
      measuredSeconds >= recordedSeconds,
      `${measuredSeconds} s is less than the path's ${recordedSeconds} s`,
    );
    beyond.push(measuredSeconds - recordedSeconds);
  }
  return median(beyond);
}

for (const family of [4, 6] as const) {
  test(`IPv${family}: connect and echo take what the relay recorded`, { skip }, async (t) => {
    const lab = new NetworkLab();
    t.after(() => lab.close());
    const { client, server, serverAddress, relay } = await relayedPath(lab);
    t.after(() => relay.close());
    const listener = await startTcpListener(server);
    t.after(() => listener.close());
    const engine = await startPacketEngine({ netns: client.name });
    t.after(() => engine.close());
    const address = serverAddress[family];

    const connect = async (metric: string): Promise<number> => {
      const { outcome, metrics } = await runTcp(
        engine,
        { address, port: listener.port },
        { timeoutMs: 2_000 },
      );
      assert.equal(outcome, 'ok');
      return Number(metrics[metric]);
    };
    const echo = async (): Promise<number> => {
      const options = { count: 1, size: 56, spacingMs: 0, timeoutMs: 2_000 };
      const { metrics } = await runIcmp(engine, { address }, options);
      assert.equal(metrics['stamp'], 'kernel');
      return Number(metrics['rtt_max_seconds']);
    };
    const isHandshake = (record: RelayRecord): boolean =>
      record.protocol === 'tcp' && (record.tcpFlags === SYN || record.tcpFlags === SYN_ACK);
    const isEcho = (record: RelayRecord): boolean => record.echoSequence >= 0;

    // Neighbours found, stamps on, code compiled.
    for (let i = 0; i < 5; i++) await connect('connect_seconds');
    await runIcmp(engine, { address }, { count: 50, size: 56, spacingMs: 1, timeoutMs: 500 });

    const baseline = {
      connect: await excess(relay, () => connect('connect_seconds'), isHandshake),
      handshake: await excess(relay, () => connect('handshake_rtt_seconds'), isHandshake),
      echo: await excess(relay, echo, isEcho),
    };
    const told = ({ connect, handshake, echo }: typeof baseline): string =>
      `connect ${us(connect)}, handshake ${us(handshake)}, echo ${us(echo)}`;
    t.diagnostic(`beyond the record at 0 ms: ${told(baseline)}`);
    for (const delaySeconds of DELAYS_SECONDS) {
      await relay.setDelay(delaySeconds);
      const found = {
        connect: await excess(relay, () => connect('connect_seconds'), isHandshake),
        handshake: await excess(relay, () => connect('handshake_rtt_seconds'), isHandshake),
        echo: await excess(relay, echo, isEcho),
      };
      t.diagnostic(`at ${delaySeconds * 1e3} ms: ${told(found)}`);
      for (const what of ['connect', 'handshake', 'echo'] as const) {
        assert.ok(found[what] <= NOISE_RATIO * baseline[what], `${what}: ${us(found[what])}`);
      }
    }
  });
}

const us = (seconds: number): string => `${(seconds * 1e6).toFixed(1)} us`;

for (const family of [4, 6] as const) {
  test(`IPv${family}: refused, lost, rejected and unroutable are four things`, { skip }, async (t) => {
    const lab = new NetworkLab();
    t.after(() => lab.close());
    const path = routedPath(lab);
    const listener = await startTcpListener(path.server);
    t.after(() => listener.close());
    const engine = await startPacketEngine({ netns: path.client.name });
    t.after(() => engine.close());
    const filter = new PacketFilter(path.router);
    filter.add('swallowed', 'tcp dport 7', 'drop');
    filter.add('rejected', 'tcp dport 9', 'reject with icmpx type host-unreachable');
    const address = path.serverAddress[family];
    const verdict = async (to: { address: string; port: number }, timeoutMs = 300) => {
      const found = await runTcp(engine, to, { timeoutMs });
      assert.equal(found.metrics['port'], to.port);
      return [found.outcome, found.source, found.reason];
    };
    assert.deepEqual(await verdict({ address, port: listener.port }), ['ok', undefined, undefined]);
    assert.deepEqual(await verdict({ address, port: 1 }), ['error', 'target', 'refused']);
    assert.deepEqual(await verdict({ address, port: 7 }), ['lost', undefined, undefined]);
    // Within one machine the answer may arrive inside connect(), where the kernel cannot use it: only the SYN
    // after one second gets one that it can.
    assert.deepEqual(await verdict({ address, port: 9 }, 3_000), ['error', 'network', 'unreachable']);
    assert.ok(filter.packets('swallowed') > 0);
    path.client.ip(...(family === 6 ? ['-6'] : []), 'route', 'delete', 'default');
    assert.deepEqual(await verdict({ address, port: listener.port }), ['error', 'local', 'unreachable']);
  });
}
