import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type KubeClient, openKubeClient } from '@streamswarm/operator/kube/kube-client';
import { CONFIG_MAPS, type KubeObject, NAMESPACES } from '@streamswarm/operator/kube/objects';
import type { Timers } from '@streamswarm/operator/kube/timers';
import { startWatchCache, type WatchCache } from '@streamswarm/operator/kube/watch-cache';
import pino from 'pino';
import type { ControlPlane } from '../../support/cluster/control-plane.ts';
import { type FaultProxy, startFaultProxy } from '../../support/kube-faults/fault-proxy.ts';
import { randomFault } from '../../support/kube-faults/watch-fault.ts';
import { CHOSEN, changeSomething } from './random-changes.ts';
import { fingerprint, WatchedCopy } from './watched-copy.ts';

/** The waits of the cache (back-off, Retry-After) pass so many times faster; sockets and time limits are real. */
const FASTER = 100;
const fastTimers: Timers = {
  monotonicMs: () => performance.now() * FASTER,
  after(ms, callback) {
    const timer = setTimeout(callback, ms / FASTER);
    return () => clearTimeout(timer);
  },
};
/** Silence of a watch until it is given up: real time, short, as bookmarks are not waited for here. */
const IDLE_MS = 400;
const EQUAL_WITHIN_MS = 60_000;

export interface FaultLaneOptions {
  readonly plane: ControlPlane;
  /** A client that goes to the API server without faults. */
  readonly direct: KubeClient;
  readonly lane: number;
  random(): number;
}

/** One cache behind a proxy of its own, and the namespace in which it sees objects change. */
export class FaultLane {
  readonly cache: WatchCache<KubeObject>;
  readonly recoveriesMs: number[] = [];
  readonly #options: FaultLaneOptions;
  readonly #proxy: FaultProxy;
  readonly #client: KubeClient;
  readonly #copy: WatchedCopy;
  readonly #selection: { readonly namespace: string; readonly labelSelector: string | undefined };
  readonly #wrong: string[] = [];

  static async start(options: FaultLaneOptions): Promise<FaultLane> {
    const { plane, direct, lane } = options;
    const namespace = `lane-${lane}`;
    await direct.create(NAMESPACES, { metadata: { name: namespace } });
    const proxy = await startFaultProxy({
      url: plane.url,
      certFile: plane.caFile,
      kubeconfigPath: plane.kubeconfigPath,
      dir: dirname(plane.kubeconfigPath),
    });
    const fault = new FaultLane(options, proxy, namespace);
    await fault.cache.synced;
    return fault;
  }

  private constructor(options: FaultLaneOptions, proxy: FaultProxy, namespace: string) {
    const logger = pino({ level: 'silent' });
    this.#options = options;
    this.#proxy = proxy;
    this.#client = openKubeClient({ kubeconfigPath: proxy.kubeconfigPath, logger });
    // Every second lane sees objects come and go by their labels.
    this.#selection = { namespace, labelSelector: options.lane % 2 === 1 ? CHOSEN : undefined };
    this.cache = startWatchCache({
      client: this.#client,
      resource: CONFIG_MAPS,
      ...this.#selection,
      logger,
      random: options.random,
      timers: fastTimers,
      idleMs: IDLE_MS,
    });
    this.#copy = new WatchedCopy(this.cache, CONFIG_MAPS.kind);
  }

  /** A fault while objects change; then the cache must become equal to the API server. */
  async round(round: number): Promise<void> {
    const { direct, random } = this.#options;
    const fault = randomFault(random);
    const change = (): Promise<void> => changeSomething(direct, this.#selection.namespace, { random, round });
    for (let n = Math.floor(random() * 3); n > 0; n--) await change();
    const struck = this.#proxy.strike(fault);
    for (let n = 1 + Math.floor(random() * 3); n > 0; n--) await change();
    await struck;
    const fromMs = performance.now();
    const { items } = await direct.list(CONFIG_MAPS, this.#selection);
    const truth = fingerprint(items);
    while (fingerprint(this.cache.list()) !== truth) {
      if (performance.now() - fromMs > EQUAL_WITHIN_MS) {
        this.#wrong.push(`round ${round} after ${JSON.stringify(fault)}: not equal within 60 s`);
        break;
      }
      await delay(2);
    }
    this.recoveriesMs.push(performance.now() - fromMs);
    if (fingerprint(this.#copy.list()) !== fingerprint(this.cache.list()))
      this.#wrong.push(
        `round ${round} after ${JSON.stringify(fault)}: the changes do not add up to the cache`,
      );
  }

  wrong(): string[] {
    return [...this.#wrong, ...this.#copy.wrong];
  }

  async stop(): Promise<void> {
    await this.cache.stop();
    await this.#client.close();
    await this.#proxy.stop();
  }
}
