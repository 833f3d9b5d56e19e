import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zstdDecompressSync } from 'node:zlib';
import { isScheduled, slotDeadlineMs, slotDueMs, slotsVouchedFor } from '@streamswarm/contract/slot/slot';
import type { Batch, SpanSlots } from '@streamswarm/contract/wire/batch';
import type { PlannedSpan } from '@streamswarm/contract/wire/plan';
import { pino } from 'pino';
import { SimulatedTimers } from './clock/simulated-timers.ts';
import { Measuring } from './measuring.ts';
import type { Plan } from './plan/plan.ts';
import type { ProbeOutcome } from './probes/probe-outcome.ts';
import { DEFAULT_PACKET_LIMITS } from './schedule/packet-budget.ts';
import { batchPayload } from './spool/batch-file.ts';
import { type BatchName, batchFileName } from './spool/batch-name.ts';
import type { Vouched } from './spool/through-file.ts';

const T0 = 1_767_268_800_000;
const log = pino({ level: 'silent' });

/** A seeded generator (mulberry32): a failing seed can be run again. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Answer {
  readonly outcome: string;
  readonly reason: string | null;
}

/** A host and its operator: what is on disk survives `kill`, what the operator acknowledged is taken off it. */
class World {
  readonly timers = new SimulatedTimers();
  readonly random: () => number;
  readonly planned = new Map<number, { span: PlannedSpan; revision: number }>();
  readonly disk = new Map<string, { name: BatchName; batch: Batch; runs: readonly SpanSlots[] }>();
  readonly answers = new Map<string, Answer[]>();
  readonly deleted = new Set<string>();
  readonly begun = new Map<string, number>();
  surplus = 0;
  revision = 0;
  plan: Plan | null = null;
  word: Vouched | null = null;
  measuring: Measuring | null = null;
  #life = 0;
  #released = -1;
  #epoch = 0;
  probeMs = (): number => (this.random() < 0.02 ? 8_000 : 5 + this.random() * 400);

  constructor(seed: number) {
    this.random = randomOf(seed);
  }

  now(): number {
    return T0 + this.timers.monotonicMs();
  }

  start(): Measuring {
    const life = ++this.#life;
    this.#released = -1;
    const epoch = ++this.#epoch;
    // A write is on disk some time after it was asked for, or never if the process dies before.
    const write = async (commit: () => void): Promise<void> => {
      await new Promise<void>((resolve) => this.timers.after(this.random() * 30, resolve));
      if (life !== this.#life) return new Promise(() => {});
      commit();
    };
    this.measuring = new Measuring({
      remembered: {
        plan: this.plan,
        vouched: this.word,
        spooled: [...this.disk.values()].flatMap(({ runs }) => runs),
      },
      spool: {
        facts: { batches: 0, bytes: 0, bad: 0 },
        hasRoom: () => true,
        add: (name, file, runs) => write(() => this.#store(name, file, runs)),
      },
      epoch,
      timers: this.timers,
      log,
      limits: DEFAULT_PACKET_LIMITS,
      nowMs: () => this.now(),
      hasClock: () => true,
      leaseEndMs: () => Number.POSITIVE_INFINITY,
      keepPlan: (plan) =>
        write(() => {
          this.plan = plan;
        }),
      keepWord: (word) =>
        write(() => {
          this.word = word;
        }),
      onReleased: (seq) => {
        this.#released = Math.max(this.#released, seq);
      },
      prepare: (span) => ({
        kind: 'icmp',
        lane: 'fast',
        family: 'any',
        findsAddress: false,
        packets: 1,
        longestMs: 500,
        run: () => this.#probe(span),
      }),
      forgetSpan: () => {},
      resolve: () => ({ addresses: ['127.0.0.1'], seconds: null }),
      denial: () => (this.random() < 0.02 ? 'metadata-address' : null),
    });
    return this.measuring;
  }

  /** kill -9: whatever is not on disk is gone. */
  kill(): void {
    this.#life++;
    this.measuring = null;
    this.timers.clear();
  }

  /** The operator takes some batches and acknowledges them. */
  acknowledge(share: number): void {
    for (const [file, { name, batch }] of [...this.disk]) {
      if (name.epoch === this.#epoch && name.seq > this.#released) continue;
      if (this.random() > share) continue;
      this.disk.delete(file);
      this.#book(batch);
    }
  }

  tell(snapshot: boolean): Promise<void> {
    const spans = [...this.planned.values()].map(({ span }) => span);
    const puts = [{ id: 'a', revision: this.revision, namespace: 'default', test: 'a', spans }];
    return this.measuring?.change({ snapshot, puts, dels: [], revision: this.revision }) ?? Promise.resolve();
  }

  /** Time passes while something is under way: it may come to its end in it, or not. */
  meanwhile(ms: number, _underWay: Promise<void> | undefined): Promise<void> {
    return this.timers.pass(ms);
  }

  open(id: number, periodMs: number): void {
    const fromMs = Math.floor(this.now());
    const offsetMs = Math.floor(this.random() * periodMs);
    const startMs = fromMs - Math.floor(this.random() * 3 * periodMs);
    const span: PlannedSpan = {
      span: id,
      stream: String(id),
      probe: 'icmp',
      kind: 'icmp',
      options: {},
      target: { destination: 'd', host: '127.0.0.1', port: null },
      startMs,
      periodMs,
      offsetMs,
      fromMs,
      toMs: null,
    };
    this.planned.set(id, { span, revision: ++this.revision });
  }

  close(id: number): void {
    const known = this.planned.get(id);
    if (known === undefined || known.span.toMs !== null) return;
    this.planned.set(id, { ...known, span: { ...known.span, toMs: Math.floor(this.now()) } });
    this.revision++;
  }

  deleteOneBatch(): void {
    const file = [...this.disk.keys()][0];
    const gone = file === undefined ? undefined : this.disk.get(file);
    if (file === undefined || gone === undefined) return;
    this.disk.delete(file);
    for (const [span, first, end] of gone.runs) {
      for (let slot = first; slot < end; slot++) this.deleted.add(`${span} ${slot}`);
    }
  }

  /** The law: what the word vouches for is answered once, or listed once, or was deleted by hand. */
  check(): void {
    const { word } = this;
    if (word === null) return;
    const spooled = new Map<string, number>();
    for (const { runs } of this.disk.values()) {
      for (const [span, first, end] of runs) {
        for (let slot = first; slot < end; slot++) {
          const key = `${span} ${slot}`;
          spooled.set(key, (spooled.get(key) ?? 0) + 1);
        }
      }
    }
    for (const { span, revision } of this.planned.values()) {
      if (revision > word.planRevision) continue;
      const { first, end } = slotsVouchedFor(span, word.throughMs);
      for (let slot = first; slot < end; slot++) {
        const key = `${span.span} ${slot}`;
        if (this.deleted.has(key)) continue;
        const times = (this.answers.get(key)?.length ?? 0) + (spooled.get(key) ?? 0);
        const due = slotDueMs(span, slot) - T0;
        assert.equal(
          times,
          1,
          `span ${span.span} slot ${slot} due ${due}: ${JSON.stringify(this.answers.get(key))}`,
        );
      }
    }
  }

  async #probe(span: PlannedSpan): Promise<ProbeOutcome> {
    await new Promise<void>((resolve) => this.timers.after(this.probeMs(), resolve));
    this.begun.set(String(span.span), (this.begun.get(String(span.span)) ?? 0) + 1);
    return { outcome: 'ok', metrics: { sent: 1, received: 1 }, nulls: {} };
  }

  #store(name: BatchName, file: Buffer, runs: readonly SpanSlots[]): void {
    const payload = batchPayload(file);
    assert.ok(payload);
    const batch = JSON.parse(zstdDecompressSync(payload).toString()) as Batch;
    this.disk.set(batchFileName(name), { name, batch, runs });
  }

  #book(batch: Batch): void {
    const add = (span: number, slot: number, answer: Answer): void => {
      const known = this.planned.get(span)?.span;
      // Only what is scheduled counts; a late stop's rest is surplus.
      if (known === undefined || !isScheduled(known, slot)) this.surplus++;
      else this.answers.set(`${span} ${slot}`, [...(this.answers.get(`${span} ${slot}`) ?? []), answer]);
    };
    for (const table of Object.values(batch.tables)) {
      table.slot.forEach((slot, row) => {
        add(table.span[row] as number, slot, {
          outcome: table.outcome[row] ?? '',
          reason: table.reason[row] ?? null,
        });
      });
    }
    for (const { span, first, end, outcome, reason } of batch.ranges) {
      for (let slot = first; slot < end; slot++) add(span, slot, { outcome, reason });
    }
    for (const { count } of batch.surplus) this.surplus += count;
  }

  outcomes(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const [answer] of this.answers.values()) {
      const key = answer?.reason ?? answer?.outcome ?? '';
      counts[key] = (counts[key] ?? 0) + 1;
    }
    return counts;
  }
}

/** Everything is over: all spans closed long ago, all batches delivered. */
async function settle(world: World): Promise<void> {
  for (const id of world.planned.keys()) world.close(id);
  await world.meanwhile(100, world.tell(true));
  for (let i = 0; i < 40; i++) {
    await world.meanwhile(1_000, world.measuring?.recorder.flush());
    world.acknowledge(1);
  }
  world.check();
  for (const { span, revision } of world.planned.values()) {
    assert.ok(revision <= (world.word?.planRevision ?? 0), 'the word covers the last revision');
    const last = span.toMs === null ? 0 : span.toMs;
    assert.ok(
      (world.word?.throughMs ?? 0) > last + 2 * span.periodMs,
      'the word has passed the end of each span',
    );
  }
}

test('random schedules, stalls, kills and late plans: each vouched slot is answered once', async () => {
  const total: Record<string, number> = {};
  for (let seed = 1; seed <= 60; seed++) {
    const world = new World(seed);
    world.start();
    let nextSpan = 1;
    try {
      for (let step = 0; step < 120; step++) {
        const dice = world.random();
        if (world.measuring === null) {
          if (dice < 0.3) {
            const measuring = world.start();
            if (world.random() < 0.5) measuring.beginAlone();
            await world.meanwhile(60, world.tell(true));
          }
        } else if (dice < 0.12)
          world.open(nextSpan++, [500, 1_000, 2_000, 5_000][Math.floor(world.random() * 4)] ?? 1_000);
        else if (dice < 0.18) world.close(1 + Math.floor(world.random() * nextSpan));
        else if (dice < 0.3) await world.meanwhile(60, world.tell(false));
        else if (dice < 0.35) world.timers.stall(world.random() * 12_000);
        else if (dice < 0.39) world.kill();
        else if (dice < 0.41) world.deleteOneBatch();
        else if (dice < 0.56) world.acknowledge(world.random());
        else if (dice < 0.6) {
          void world.measuring.recorder.flush();
          await world.timers.pass(world.random() * 60);
          world.acknowledge(1);
          world.kill();
        }
        await world.meanwhile(world.random() * 1_500, world.measuring?.recorder.flush());
        world.check();
      }
      if (world.measuring === null) world.start();
      await settle(world);
    } catch (error) {
      throw new Error(`seed ${seed}: ${(error as Error).message}`, { cause: error });
    }
    for (const [key, count] of Object.entries(world.outcomes())) total[key] = (total[key] ?? 0) + count;
  }
  for (const kind of ['ok', 'busy', 'down', 'late-plan', 'metadata-address']) {
    assert.ok((total[kind] ?? 0) > 0, `${kind} occurred: ${JSON.stringify(total)}`);
  }
});

test('a batch deleted by hand is missing: exactly its slots', async () => {
  const world = new World(7);
  world.start();
  world.open(1, 1_000);
  await world.meanwhile(100, world.tell(true));
  await world.timers.pass(10_000);
  world.deleteOneBatch();
  assert.ok(world.deleted.size >= 1);
  await world.timers.pass(5_000);
  world.acknowledge(1);
  for (const key of world.deleted) assert.equal(world.answers.has(key), false);
  world.check();
});

test('a stop that is heard late: what was measured after it is surplus and nothing else', async () => {
  const world = new World(3);
  world.probeMs = () => 10;
  world.start();
  world.open(1, 1_000);
  await world.meanwhile(100, world.tell(true));
  await world.timers.pass(4_000);
  world.close(1);
  const heardAfter = world.begun.get('1') ?? 0;
  await world.timers.pass(3_000);
  const late = (world.begun.get('1') ?? 0) - heardAfter;
  assert.equal(late, 3);
  await world.meanwhile(100, world.tell(false));
  await world.timers.pass(20_000);
  assert.equal(world.begun.get('1'), heardAfter + late, 'nothing begins once it is heard');
  world.acknowledge(1);
  await settle(world);
  assert.equal(world.surplus, late);
});

test('the word waits for a slot under way, and the deadline of an answered one does not hold it', async () => {
  const world = new World(5);
  world.start();
  world.open(1, 1_000);
  let probes = 0;
  world.probeMs = () => (++probes === 2 ? 900_000 : 10);
  await world.meanwhile(100, world.tell(true));
  await world.timers.pass(1_900);
  const span = world.planned.get(1)?.span as PlannedSpan;
  const hung = [...Array(4).keys()]
    .map((slot) => slotDeadlineMs(span, slot))
    .filter((at) => at > world.now());
  await world.meanwhile(4_000, world.measuring?.recorder.flush());
  assert.ok((world.word?.throughMs ?? 0) <= Math.max(...hung) + 1_000);
  assert.equal(world.word?.open.length, 1);
  for (let i = 0; i < 12; i++) await world.meanwhile(2_000, world.measuring?.recorder.flush());
  assert.deepEqual(world.word?.open, [], 'a probe that hangs is given up on');
});
