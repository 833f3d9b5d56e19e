import { type BatchAck, encodeFrame, type Word } from '@streamswarm/contract/wire/batch';
import { Nap } from '../clock/nap.ts';
import type { OperatorClock } from '../clock/operator-clock.ts';
import type { Timers } from '../clock/timers.ts';
import type { AgentLogger } from '../logger.ts';
import { batchFileName } from '../spool/batch-name.ts';
import type { Recorder } from '../spool/recorder.ts';
import type { SpooledBatch } from '../spool/scan-spool.ts';
import type { Spool } from '../spool/spool.ts';
import { Backoff, type BackoffOptions } from './backoff.ts';
import { type OperatorHttp, RefusedError } from './operator-http.ts';
import type { Session } from './session.ts';
import { waitAfter } from './wait-after.ts';

const WORD_EVERY_MS = 2_000;
/** Batches younger than this go before the backlog: live data never waits for old. */
const LIVE_MS = 5_000;
const TIMEOUT_MS = 30_000;
/** The same frame again would get the same answer. */
const NEVER_AGAIN = new Set([400, 413, 422]);

export interface UploaderOptions {
  readonly http: OperatorHttp;
  readonly epoch: number;
  readonly session: Pick<Session, 'token' | 'forget'>;
  readonly spool: Spool;
  readonly recorder: Pick<Recorder, 'flush' | 'vouched'>;
  readonly clock: OperatorClock;
  readonly timers: Timers;
  readonly log: AgentLogger;
  readonly backoff: BackoffOptions;
  wallMs(): number;
  onHeard(): void;
}

/** Sends batches, one request at a time, and the agent's word with each and at least every two seconds. */
export class Uploader {
  readonly #options: UploaderOptions;
  readonly #backoff: Backoff;
  readonly #nap: Nap;
  #live: { file: string; atMs: number }[] = [];
  #releasedSeq = -1;
  #wordSeq = 0;
  #lastWordMs = Number.NEGATIVE_INFINITY;
  #stopping = false;
  #quiet = false;

  constructor(options: UploaderOptions) {
    this.#options = options;
    this.#backoff = new Backoff(options.backoff);
    this.#nap = new Nap(options.timers);
  }

  /** Batches of this start up to `seq` may be sent. */
  release(seq: number): void {
    const { epoch, timers } = this.#options;
    const atMs = timers.monotonicMs();
    for (; this.#releasedSeq < seq; this.#releasedSeq++) {
      this.#live.push({ file: batchFileName({ epoch, seq: this.#releasedSeq + 1 }), atMs });
    }
    if (!this.#quiet) this.#nap.wake();
  }

  async run(): Promise<void> {
    while (!this.#stopping) {
      try {
        const rest = await this.#step();
        if (rest > 0) await this.#nap.sleep(rest);
      } catch (error) {
        await this.#nap.sleep(this.#failed(error));
      }
    }
  }

  /** Ends the loop after the request under way. */
  stop(): void {
    this.#stopping = true;
    this.#nap.end();
  }

  /** After `run` has ended: sends what is live, and a last word. Rejects where the operator does not take it. */
  async finish(): Promise<void> {
    for (let batch = this.#nextLive(); batch !== undefined; batch = this.#nextLive()) await this.#send(batch);
    await this.#send(null);
  }

  /** One request, or none; returns how long to rest, ms. */
  async #step(): Promise<number> {
    const { timers, recorder } = this.#options;
    let batch = this.#next();
    if (batch === undefined) {
      const rest = this.#lastWordMs + WORD_EVERY_MS - timers.monotonicMs();
      if (rest > 0) return rest;
      // So that the word is about now, and not about the last batch.
      await recorder.flush();
      batch = this.#next();
    }
    await this.#send(batch ?? null);
    this.#backoff.reset();
    this.#quiet = false;
    return 0;
  }

  #next(): SpooledBatch | undefined {
    const live = this.#nextLive();
    if (live !== undefined) return live;
    for (const batch of this.#options.spool.batches()) {
      if (batch.epoch !== this.#options.epoch || batch.seq <= this.#releasedSeq) return batch;
    }
    return undefined;
  }

  #nextLive(): SpooledBatch | undefined {
    const { spool, timers } = this.#options;
    const oldest = timers.monotonicMs() - LIVE_MS;
    const at = this.#live.findIndex(({ file, atMs }) => atMs >= oldest && spool.find(file) !== undefined);
    this.#live = at < 0 ? [] : this.#live.slice(at);
    const first = this.#live[0];
    return first === undefined ? undefined : spool.find(first.file);
  }

  async #send(batch: SpooledBatch | null): Promise<void> {
    const { spool } = this.#options;
    const payload = batch === null ? null : await spool.payload(batch);
    if (batch !== null && payload === null) return;
    try {
      const ack = await this.#post(payload);
      if (batch === null) return;
      const taken = ack.acknowledged;
      if (taken?.epoch !== batch.epoch || taken.seq !== batch.seq) {
        throw new Error(`the operator acknowledged ${JSON.stringify(taken)} and not ${batch.file}`);
      }
      await spool.remove(batch);
    } catch (error) {
      if (batch === null || !(error instanceof RefusedError) || !NEVER_AGAIN.has(error.refusal.status))
        throw error;
      // Was it the word that was refused? Then no batch is to blame, and this throws.
      await this.#post(null);
      this.#options.log.error(
        { err: error, batch: batch.file },
        'the operator refuses a batch: it was set aside',
      );
      await spool.setAside(batch);
    }
  }

  /** A session that has ended is nothing to wait for: it is opened anew once, and the frame is sent again. */
  async #post(payload: Uint8Array | null): Promise<BatchAck> {
    const { session } = this.#options;
    const token = await session.token();
    try {
      return await this.#postAs(token, payload);
    } catch (error) {
      if (!(error instanceof RefusedError) || error.refusal.status !== 401) throw error;
      await session.forget(token);
      return await this.#postAs(await session.token(), payload);
    }
  }

  async #postAs(token: string, payload: Uint8Array | null): Promise<BatchAck> {
    const { http, timers, clock } = this.#options;
    const frame = encodeFrame(await this.#word(), payload);
    const sentMs = timers.monotonicMs();
    const ack = (await http.ask('a batch', {
      method: 'POST',
      path: '/agent/v1/batches',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' },
      body: frame,
      timeoutMs: TIMEOUT_MS,
    })) as BatchAck;
    const receivedMs = timers.monotonicMs();
    if (Number.isFinite(ack.nowMs)) clock.heardAnswer(ack.nowMs, sentMs, receivedMs);
    this.#lastWordMs = receivedMs;
    this.#options.onHeard();
    return ack;
  }

  async #word(): Promise<Word> {
    const { epoch, spool, recorder } = this.#options;
    // Before the list: a list may know more than the word needs, and never less.
    const { throughMs, planRevision } = recorder.vouched;
    const spooled = [...(await spool.listSlots())];
    return { epoch, seq: this.#wordSeq++, throughMs, planRevision, spooled, spool: spool.facts };
  }

  /** Logs the first failure in a row; returns how long to wait, ms. */
  #failed(error: unknown): number {
    const { log, wallMs } = this.#options;
    if (!this.#quiet) log.warn({ err: error }, 'a batch could not be delivered: trying again');
    this.#quiet = true;
    return waitAfter(error, this.#backoff, wallMs());
  }
}
