import type { IncomingMessage } from 'node:http';
import type { Assignment } from '@streamswarm/contract/wire/plan';
import { Nap } from '../clock/nap.ts';
import type { OperatorClock } from '../clock/operator-clock.ts';
import type { Timers } from '../clock/timers.ts';
import type { AgentLogger } from '../logger.ts';
import { parsePlanLine } from '../plan/parse-plan-line.ts';
import type { PlanChange } from '../plan/plan.ts';
import { Backoff, type BackoffOptions } from './backoff.ts';
import { type OperatorHttp, throwIfRefused } from './operator-http.ts';
import type { Session } from './session.ts';
import { splitLines } from './split-lines.ts';
import { waitAfter } from './wait-after.ts';

/** Three heartbeats: a connection that says nothing for so long is dead, whatever TCP believes. */
const SILENCE_MS = 45_000;

export interface PlanStreamOptions {
  readonly http: OperatorHttp;
  readonly session: Pick<Session, 'token' | 'forget'>;
  readonly timers: Timers;
  readonly clock: OperatorClock;
  readonly log: AgentLogger;
  readonly backoff: BackoffOptions;
  wallMs(): number;
  /** A whole step of the plan; the next is read when it is taken. */
  onChange(change: PlanChange): Promise<void>;
  onHeard(): void;
  /** An attempt to connect has failed. */
  onUnreachable(): void;
}

/** Follows the plan stream for the life of the agent: connects, applies whole steps, connects again. */
export class PlanStream {
  readonly #options: PlanStreamOptions;
  readonly #backoff: Backoff;
  readonly #nap: Nap;
  #response: IncomingMessage | null = null;
  #isStopped = false;
  #quiet = false;

  constructor(options: PlanStreamOptions) {
    this.#options = options;
    this.#backoff = new Backoff(options.backoff);
    this.#nap = new Nap(options.timers);
  }

  async run(): Promise<void> {
    while (!this.#isStopped) {
      let wait: number;
      try {
        await this.#follow();
        if (this.#isStopped) return;
        this.#options.log.info('the operator ended the plan stream: connecting again');
        wait = this.#backoff.nextMs();
      } catch (error) {
        if (this.#isStopped) return;
        wait = this.#failed(error);
      }
      await this.#nap.sleep(wait);
    }
  }

  stop(): void {
    this.#isStopped = true;
    this.#response?.destroy();
    this.#nap.end();
  }

  /** Says it once for each time the operator is lost; returns how long to wait, ms. */
  #failed(error: unknown): number {
    const { log, onUnreachable, wallMs } = this.#options;
    if (!this.#quiet) log.warn({ err: error }, 'the plan stream ended: connecting again');
    this.#quiet = true;
    onUnreachable();
    return waitAfter(error, this.#backoff, wallMs());
  }

  /** Resolves where the operator ends the stream in good order: it stops, or the session is over. */
  async #follow(): Promise<void> {
    const { session, timers } = this.#options;
    let token = await session.token();
    if (this.#isStopped) return;
    let response = await this.#open(token);
    if (response.statusCode === 401) {
      response.destroy();
      await session.forget(token);
      token = await session.token();
      response = await this.#open(token);
    }
    this.#response = response;
    if (this.#isStopped) response.destroy();
    const watch = watchdog(timers, SILENCE_MS, () =>
      response.destroy(new Error(`the plan stream was silent for ${SILENCE_MS / 1e3} s`)),
    );
    try {
      if (response.statusCode === 401) await session.forget(token);
      await throwIfRefused('the plan stream', response);
      await this.#read(response, watch.touch);
    } finally {
      watch.stop();
      response.destroy();
    }
  }

  #open(token: string): Promise<IncomingMessage> {
    return this.#options.http.open({
      method: 'GET',
      path: '/agent/v1/plan',
      headers: { authorization: `Bearer ${token}`, accept: 'application/x-ndjson' },
      timeoutMs: SILENCE_MS,
    });
  }

  async #read(body: AsyncIterable<Uint8Array>, touch: () => void): Promise<void> {
    const { timers, clock, onChange, onHeard } = this.#options;
    let isSnapshot = true;
    let puts = new Map<string, Assignment>();
    let dels = new Set<string>();
    for await (const text of splitLines(body)) {
      touch();
      const line = parsePlanLine(text);
      // Going on would mean to vouch for a plan that is not the operator's: the next snapshot will tell.
      if (line === null) throw new Error(`the plan stream has a line that is none: ${text.slice(0, 200)}`);
      switch (line.type) {
        case 'put':
          puts.set(line.assignment.id, line.assignment);
          dels.delete(line.assignment.id);
          break;
        case 'del':
          dels.add(line.id);
          puts.delete(line.id);
          break;
        case 'heartbeat':
          clock.heardMessage(line.nowMs, timers.monotonicMs());
          onHeard();
          break;
        case 'synced':
          clock.heardMessage(line.nowMs, timers.monotonicMs());
          onHeard();
          await onChange({
            snapshot: isSnapshot,
            puts: [...puts.values()],
            dels: [...dels],
            revision: line.revision,
          });
          this.#backoff.reset();
          this.#quiet = false;
          isSnapshot = false;
          puts = new Map();
          dels = new Set();
      }
    }
  }
}

function watchdog(timers: Timers, ms: number, bite: () => void): { touch: () => void; stop: () => void } {
  let cancel = timers.after(ms, bite);
  return {
    touch: () => {
      cancel();
      cancel = timers.after(ms, bite);
    },
    stop: () => cancel(),
  };
}
