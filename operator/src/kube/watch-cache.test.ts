import assert from 'node:assert/strict';
import { test } from 'node:test';
import pino from 'pino';
import type { KubeClient } from './kube-client.ts';
import { KubeError } from './kube-error.ts';
import { CONFIG_MAPS, type KubeObject } from './objects.ts';
import { SimulatedTimers } from './simulated-timers.ts';
import { startWatchCache, type WatchCache } from './watch-cache.ts';
import type { WatchRequest } from './watch-request.ts';

// Only for what no real API server does on demand; the rest is in test/cluster/kube.
class ScriptedClient implements Pick<KubeClient, 'list' | 'watch' | 'onReturn'> {
  items: KubeObject[] = [];
  resourceVersion = '10';
  /** What the next lists reject with. */
  readonly refusals: Error[] = [];
  /** Of each list, in simulated ms. */
  readonly listedAtMs: number[] = [];
  readonly watched: WatchRequest<never>[] = [];
  readonly returns = new Set<() => void>();
  readonly #timers: SimulatedTimers;

  constructor(timers: SimulatedTimers) {
    this.#timers = timers;
  }

  async list<T extends KubeObject>(): Promise<{ items: T[]; resourceVersion: string }> {
    this.listedAtMs.push(this.#timers.monotonicMs());
    const refusal = this.refusals.shift();
    if (refusal !== undefined) throw refusal;
    // A copy each time, as parsed from an answer.
    return { items: structuredClone(this.items) as T[], resourceVersion: this.resourceVersion };
  }

  watch<T extends KubeObject>(_resource: unknown, request: WatchRequest<T>): () => void {
    this.watched.push(request as unknown as WatchRequest<never>);
    let isEnded = false;
    return () => {
      if (isEnded) return;
      isEnded = true;
      request.onEnd(new KubeError('it was stopped', { status: 0, reason: 'Unreachable' }));
    };
  }

  onReturn(callback: () => void): () => void {
    this.returns.add(callback);
    return () => this.returns.delete(callback);
  }
}

const unreachable = new KubeError('refused', { status: 0, reason: 'Unreachable' });

function start(refusals: readonly Error[] = []): {
  timers: SimulatedTimers;
  client: ScriptedClient;
  cache: WatchCache<KubeObject>;
} {
  const timers = new SimulatedTimers();
  const client = new ScriptedClient(timers);
  client.refusals.push(...refusals);
  const logger = pino({ level: 'silent' });
  const random = (): number => 0;
  return {
    timers,
    client,
    cache: startWatchCache({ client, resource: CONFIG_MAPS, logger, random, timers }),
  };
}

function object(name: string, resourceVersion: string): KubeObject {
  return { metadata: { namespace: 'shop', name, uid: `uid-${name}`, resourceVersion } };
}

test('a server that has gone back in time is listed anew', async () => {
  const { timers, client, cache } = start();
  client.items = [object('a', '9')];
  await timers.pass(0);
  assert.equal(client.watched[0]?.resourceVersion, '10');
  client.items = [];
  client.resourceVersion = '4';
  client.watched[0]?.onBookmark('4');
  await timers.pass(1_000);
  assert.deepEqual(cache.list(), []);
  assert.equal(client.watched[1]?.resourceVersion, '4');
  await cache.stop();
});

test('watches that end at once and in order do not spin', async () => {
  const { timers, client, cache } = start();
  await timers.pass(0);
  for (let n = 0; n < 100; n++) {
    client.watched.at(-1)?.onHeard();
    client.watched.at(-1)?.onEnd(null);
    await timers.pass(100);
  }
  assert.ok(client.watched.length < 10, `${client.watched.length} watches in 10 s`);
  await cache.stop();
});

test('a watch that ends in order after its time is begun anew at once, where it was', async () => {
  const { timers, client, cache } = start();
  await timers.pass(0);
  client.watched[0]?.onHeard();
  client.watched[0]?.onBookmark('25');
  await timers.pass(300_000);
  client.watched[0]?.onEnd(null);
  await timers.pass(0);
  assert.equal(client.watched[1]?.resourceVersion, '25');
  assert.equal(client.listedAtMs.length, 1);
  assert.equal(cache.counts().failures, 0);
  await cache.stop();
});

test('lists that fail are asked for after 0.8 s, doubled up to 15 s without jitter', async () => {
  const { timers, client, cache } = start(Array(9).fill(unreachable));
  await timers.pass(200_000);
  const waits = client.listedAtMs.slice(1).map((ms, n) => ms - (client.listedAtMs[n] ?? 0));
  assert.deepEqual(waits, [800, 1_600, 3_200, 6_400, 12_800, 15_000, 15_000, 15_000, 15_000]);
  assert.ok(cache.isSynced());
  await cache.stop();
});

test('the return of the API server ends a wait, and back-off begins anew', async () => {
  const { timers, client, cache } = start(Array(6).fill(unreachable));
  await timers.pass(25_000);
  assert.equal(client.listedAtMs.length, 6);
  for (const tell of client.returns) tell();
  await timers.pass(0);
  assert.equal(client.listedAtMs.length, 7);
  assert.equal(cache.isSynced(), true);
  await cache.stop();
});

test('a server that asks for patience is not asked before, whoever returns', async () => {
  const busy = new KubeError('busy', { status: 429, reason: 'TooManyRequests', retryAfterMs: 60_000 });
  const { timers, client, cache } = start([busy]);
  await timers.pass(1_000);
  assert.equal(client.returns.size, 0);
  await timers.pass(58_000);
  assert.equal(client.listedAtMs.length, 1);
  await timers.pass(2_000);
  assert.equal(client.listedAtMs.length, 2);
  await cache.stop();
});

test('a handler that comes while changes are told hears each object once', async () => {
  const { timers, client, cache } = start();
  await timers.pass(0);
  const late: string[] = [];
  cache.onChange(() => {
    if (late.length === 0)
      cache.onChange(({ type, object: { metadata } }) => late.push(`${type} ${metadata.name}`));
  });
  client.watched[0]?.onEvent({ type: 'ADDED', object: object('a', '11') as never });
  assert.deepEqual(late, ['added a']);
  await cache.stop();
  assert.equal(timers.pending, 0);
});
