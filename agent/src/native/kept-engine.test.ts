import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { test } from 'node:test';
import type { Worker } from 'node:worker_threads';
import { pino } from 'pino';
import { needs } from '../../../test/support/needs.ts';
import { type KeptEngineOptions, keepEngine } from './kept-engine.ts';
import { type RunningEngine, restartPacketEngine, startPacketEngine } from './packet-engine.ts';

const log = pino({ level: 'silent' });

test('a worker that is killed is followed by another, which measures again', async (t) => {
  const workers: Worker[] = [];
  const seen = (worker: Worker): void => void workers.push(worker);
  process.on('worker', seen);
  t.after(() => process.off('worker', seen));
  const engine = await startPacketEngine();
  if (!needs(t, workers.length === 1, 'a platform with a packet engine')) return;
  const waits: number[] = [];
  const kept = keepEngine({
    engine,
    restart: restartPacketEngine,
    log,
    monotonicMs: () => 0,
    wait: async (ms) => void waits.push(ms),
  });
  t.after(() => kept.close());
  const server = createServer((socket) => socket.resume()).listen(0, '127.0.0.1');
  t.after(() => server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const connect = () => kept.current().connect({ address: '127.0.0.1', port, timeoutMs: 2_000 });
  for (let death = 1; death <= 2; death++) {
    const before = kept.current();
    await before.ping();
    const underWay = before.connect({ address: '127.0.0.1', port, timeoutMs: 60_000 });
    // What is asked meanwhile ends as an error of this host, and not as a loss.
    const rejected = Promise.allSettled([underWay]);
    await workers.at(-1)?.terminate();
    await rejected;
    await assert.rejects(before.ping(), /has ended/);
    while (kept.current() === before) await new Promise((resolve) => setImmediate(resolve));
    assert.equal(workers.length, death + 1);
    await kept.current().ping();
    assert.equal((await connect()).outcome, 'connected');
  }
  assert.deepEqual(waits, [1_000, 2_000]);
});

test('a worker whose code breaks ends the engine and says why', async (t) => {
  const engine = await startPacketEngine();
  t.after(() => engine.close());
  if (!needs(t, engine.capabilities.tcpInfo, 'a platform with a packet engine')) return;
  // The type forbids it, as it forbids every request that would break the worker.
  await assert.rejects(engine.connect(null as never), /packet worker failed/);
  assert.match(String((await engine.ended).cause), /TypeError/);
});

/** An engine that ends when it is told. */
function engineThatEnds(): { engine: RunningEngine; end: () => void } {
  let end = (): void => undefined;
  const ended = new Promise<Error>((resolve) => {
    end = () => resolve(new Error('ended'));
  });
  const never = new Promise<never>(() => undefined);
  const capabilities = { icmp4: 'dgram', icmp6: 'dgram', kernelTimestamps: true, tcpInfo: true } as const;
  const engine = { capabilities, ended, echo: () => never, connect: () => never, ping: () => never };
  return { engine: { ...engine, close: async () => undefined }, end };
}

test('starts that fail are tried again, later each time, and logged once; a long life forgets them', async () => {
  const waits: number[] = [];
  const errors: string[] = [];
  let nowMs = 0;
  let failures = 6;
  const engines = [engineThatEnds(), engineThatEnds(), engineThatEnds()];
  const [first] = engines;
  assert.ok(first);
  let started = 0;
  const options: KeptEngineOptions = {
    engine: first.engine,
    async restart() {
      if (failures-- > 0) return { failure: 'no koffi' };
      const next = engines[++started];
      assert.ok(next);
      return { engine: next.engine };
    },
    log: { info: () => undefined, error: (_fields: unknown, text?: string) => void errors.push(text ?? '') },
    monotonicMs: () => nowMs,
    wait: async (ms) => void waits.push(ms),
  };
  const kept = keepEngine(options);
  for (const [i, { end }] of engines.slice(0, 2).entries()) {
    end();
    while (kept.current() !== engines[i + 1]?.engine) await new Promise((resolve) => setImmediate(resolve));
    nowMs += 120_000;
  }
  assert.deepEqual(waits, [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 1_000]);
  assert.equal(errors.length, 2);
  await kept.close();
});
