import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PlannedSpan } from '@streamswarm/contract/wire/plan';
import { pino } from 'pino';
import { SimulatedTimers } from '../clock/simulated-timers.ts';
import type { Plan } from '../plan/plan.ts';
import type { Denied, ProbeOutcome } from '../probes/probe-outcome.ts';
import type { Resolution } from '../resolve/resolver.ts';
import type { Sample } from '../spool/sample-columns.ts';
import { DueHeap } from './due-heap.ts';
import { DEFAULT_PACKET_LIMITS, PacketBudget, type PacketLimits } from './packet-budget.ts';
import { resolveTimeoutMs } from './resolve-deadline.ts';
import { Scheduler, type SchedulerOptions } from './scheduler.ts';

const FRESH = { startedMs: 0, answered: () => null, spooled: () => [] };

const planned = (span: number, over: Partial<PlannedSpan> = {}): PlannedSpan => ({
  span,
  stream: '7',
  probe: 'icmp',
  kind: 'icmp',
  options: {},
  target: { destination: 'd', host: '127.0.0.1', port: null },
  startMs: 0,
  periodMs: 1_000,
  offsetMs: 200,
  fromMs: 0,
  toMs: null,
  ...over,
});
const planOf = (...spans: PlannedSpan[]): Plan => ({
  generation: 1,
  revision: 1,
  spans: new Map(
    spans.map((span) => [span.span, { planned: span, assignment: 'a', since: 1, listed: true }]),
  ),
});

interface SetUp {
  limits?: Partial<PacketLimits>;
  packets?: number;
  probeMs?: number;
  run?: () => Promise<ProbeOutcome | Denied>;
  findsAddress?: boolean;
  leaseEndMs?: number;
  resolve?: SchedulerOptions['resolve'];
  denial?: SchedulerOptions['denial'];
}

function setUp(over: SetUp = {}) {
  const timers = new SimulatedTimers();
  const samples: Sample[] = [];
  const ranges: string[] = [];
  const surplus: string[] = [];
  const touched: string[] = [];
  let inFlight = 0;
  let mostInFlight = 0;
  const run = async (address: string): Promise<ProbeOutcome> => {
    touched.push(address);
    mostInFlight = Math.max(mostInFlight, ++inFlight);
    await new Promise<void>((resolve) => timers.after(over.probeMs ?? 10, resolve));
    inFlight--;
    return { outcome: 'ok', metrics: {} };
  };
  const scheduler = new Scheduler({
    timers,
    log: pino({ level: 'silent' }),
    recorder: {
      sample: (sample) => samples.push(sample),
      range: (span, first, end, outcome, reason) =>
        ranges.push(`${span} ${first}-${end} ${outcome} ${reason}`),
      surplus: (span, count, reason) => surplus.push(`${span} ${count} ${reason}`),
      dropAfterStop: () => {},
    },
    limits: { ...DEFAULT_PACKET_LIMITS, ...over.limits },
    nowMs: () => timers.monotonicMs(),
    leaseEndMs: () => over.leaseEndMs ?? Number.POSITIVE_INFINITY,
    prepare: (span) =>
      span.kind === 'icmp'
        ? {
            kind: 'icmp',
            lane: 'fast',
            family: 'any',
            findsAddress: over.findsAddress ?? false,
            packets: over.packets ?? 1,
            longestMs: 500,
            run: over.run ?? run,
          }
        : null,
    forgetSpan: () => {},
    resolve: over.resolve ?? ((host) => ({ addresses: [host], seconds: null })),
    denial: over.denial ?? (() => null),
  });
  return { timers, scheduler, samples, ranges, surplus, touched, mostInFlight: () => mostInFlight };
}

test('the first slot is due when the stream opens, later ones at their offset', async () => {
  const { timers, scheduler, samples } = setUp();
  scheduler.take(planOf(planned(1)), FRESH);
  await timers.pass(3_500);
  assert.deepEqual(
    samples.map(({ slot, lateSeconds }) => [slot, lateSeconds]),
    [
      [0, 0],
      [1, 0],
      [2, 0],
      [3, 0],
    ],
  );
});

test('after a stall every slot that can begin no more is dropped, and the last one begins late', async () => {
  const { timers, scheduler, samples, ranges } = setUp();
  scheduler.take(planOf(planned(1)), FRESH);
  await timers.pass(1_500);
  timers.stall(5_000);
  await timers.pass(600);
  assert.deepEqual(ranges, ['1 2-6 dropped busy'], 'due at 2.2, 3.2, 4.2 and 5.2 s');
  assert.deepEqual(
    samples.slice(2).map(({ slot, lateSeconds }) => [slot, lateSeconds]),
    [[6, 0.3]],
  );
});

test('no slot due at or after the end begins; when the end is heard late, what runs is surplus', async () => {
  const { timers, scheduler, samples, surplus } = setUp({ probeMs: 400 });
  scheduler.take(planOf(planned(1, { toMs: 2_200 })), FRESH);
  await timers.pass(5_000);
  assert.deepEqual(
    samples.map(({ slot }) => slot),
    [0, 1],
  );
  const late = setUp({ probeMs: 400 });
  late.scheduler.take(planOf(planned(1)), FRESH);
  await late.timers.pass(2_300);
  late.scheduler.take(planOf(planned(1, { toMs: 2_200 })), FRESH);
  await late.timers.pass(3_000);
  assert.deepEqual(
    late.samples.map(({ slot }) => slot),
    [0, 1],
  );
  assert.deepEqual(late.surplus, ['1 1 after-stop']);
  assert.deepEqual(surplus, []);
  assert.deepEqual(late.scheduler.frontier().open, []);
});

test('a budget delays slots, and drops those that it cannot serve within their period', async () => {
  // 100 packets a second to one address, one second of burst; each of 3 streams wants 60 a second.
  const { timers, scheduler, samples, ranges } = setUp({ packets: 60, limits: { perDestination: 100 } });
  scheduler.take(planOf(planned(1), planned(2), planned(3)), FRESH);
  await timers.pass(30_000);
  const sent = samples.length * 60;
  assert.ok(sent <= 100 * 31 && sent >= 100 * 28, `${sent} packets in 30 s`);
  const dropped = ranges.filter((range) => range.endsWith('dropped busy')).length;
  const { open } = scheduler.frontier();
  assert.equal(samples.length + dropped + open.length, 3 * 30);
  assert.ok(samples.every(({ lateSeconds }) => lateSeconds <= 1));
});

test('so many slots in flight and no more; the others wait, and are dropped after a period', async () => {
  const { timers, scheduler, samples, ranges, mostInFlight } = setUp({
    limits: { slotsInFlight: 2 },
    probeMs: 450,
  });
  const spans = [1, 2, 3, 4, 5, 6, 7, 8].map((span) => planned(span, { toMs: 1 }));
  scheduler.take(planOf(...spans), FRESH);
  await timers.pass(5_000);
  assert.equal(mostInFlight(), 2);
  assert.equal(samples.length, 6, 'begun at 0, 450 and 900 ms');
  assert.equal(ranges.filter((range) => range.endsWith('0-1 dropped busy')).length, 2);
  assert.deepEqual(scheduler.frontier().open, []);
});

test('names: the answer of the policy is about the resolved address, and the first allowed one is measured', async () => {
  const resolve = (): Promise<Resolution> =>
    Promise.resolve({ addresses: ['169.254.169.254', '10.0.0.1'], seconds: null });
  const denial = (address: string): string | null =>
    address.startsWith('169.254') ? 'metadata-address' : null;
  const mixed = setUp({ resolve, denial });
  mixed.scheduler.take(planOf(planned(1, { toMs: 1 })), FRESH);
  await mixed.timers.pass(100);
  assert.deepEqual(mixed.touched, ['10.0.0.1']);
  assert.equal(mixed.samples[0]?.address, '10.0.0.1');
  const denied = setUp({ resolve, denial: () => 'metadata-address' });
  denied.scheduler.take(planOf(planned(1, { toMs: 1_500 })), FRESH);
  await denied.timers.pass(2_000);
  assert.deepEqual(denied.touched, []);
  assert.deepEqual(denied.ranges, ['1 0-1 denied metadata-address', '1 1-2 denied metadata-address']);
});

test('a probe that finds its address is given the name, and what the policy forbids it on the way is denied', async () => {
  const resolve = (): never => assert.fail('the probe resolves the name itself');
  const run = async (): Promise<Denied> => ({ outcome: 'denied', reason: 'metadata-address' });
  const found = setUp({ resolve, findsAddress: true });
  found.scheduler.take(planOf(planned(1, { toMs: 1 })), FRESH);
  await found.timers.pass(100);
  assert.deepEqual(found.touched, [planned(1).target?.host]);
  const denied = setUp({ resolve, findsAddress: true, run });
  denied.scheduler.take(planOf(planned(1, { toMs: 1 })), FRESH);
  await denied.timers.pass(100);
  assert.deepEqual([denied.samples, denied.ranges], [[], ['1 0-1 denied metadata-address']]);
});

test('a name without an address is an error of the resolver, not a loss', async () => {
  const resolve = (): Resolution => ({ source: 'resolver', reason: 'nxdomain' });
  const { timers, scheduler, samples } = setUp({ resolve });
  scheduler.take(planOf(planned(1, { toMs: 1 })), FRESH);
  await timers.pass(100);
  const outcome = samples[0]?.outcome;
  assert.deepEqual([outcome?.outcome, outcome?.source, outcome?.reason], ['error', 'resolver', 'nxdomain']);
  assert.equal(outcome?.nulls?.['rtt_mean_seconds'], 'not-applicable');
});

test('a probe that throws and a kind that is not known are answers', async () => {
  const broken = setUp({ run: () => Promise.reject(new Error('boom')) });
  broken.scheduler.take(planOf(planned(1, { toMs: 1 }), planned(2, { toMs: 1, kind: 'surprise' })), FRESH);
  await broken.timers.pass(100);
  assert.equal(broken.samples[0]?.outcome.reason, 'probe-failed');
  assert.deepEqual(broken.ranges, ['2 0-1 dropped unsupported-probe']);
});

test('a plan whose lease has ended is not measured, and its slots are answered', async () => {
  const { timers, scheduler, samples, ranges } = setUp({ leaseEndMs: 2_000 });
  scheduler.take(planOf(planned(1)), FRESH);
  await timers.pass(4_500);
  assert.deepEqual(
    samples.map(({ slot }) => slot),
    [0, 1],
  );
  assert.deepEqual(ranges, [
    '1 2-3 dropped lease-ended',
    '1 3-4 dropped lease-ended',
    '1 4-5 dropped lease-ended',
  ]);
});

test('stopping waits for what runs and leaves the rest open for the next start', async () => {
  const { timers, scheduler, samples } = setUp({ probeMs: 300 });
  scheduler.take(planOf(planned(1), planned(2, { offsetMs: 900 })), FRESH);
  await timers.pass(1_210);
  let stopped = false;
  void scheduler.stop(5_000).then(() => {
    stopped = true;
  });
  await timers.pass(280);
  assert.equal(stopped, false);
  await timers.pass(20);
  assert.equal(stopped, true);
  assert.equal(samples.length, 3);
  await timers.pass(5_000);
  assert.equal(samples.length, 3);
  assert.deepEqual(scheduler.frontier(), { doneMs: 1_900, throughMs: 1_900, open: [] });
});

test('the heap gives the earliest, whatever is taken out in between', () => {
  const heap = new DueHeap<{ atMs: number; heapIndex: number }>();
  const items = [...Array(500).keys()].map((i) => ({ atMs: (i * 7_919) % 503, heapIndex: -1 }));
  for (const item of items) heap.push(item);
  for (const item of items.slice(0, 100)) heap.remove(item);
  for (const item of items.slice(100, 150)) {
    item.atMs += 1_000;
    heap.push(item);
  }
  const order: number[] = [];
  for (let item = heap.pop(); item !== undefined; item = heap.pop()) order.push(item.atMs);
  assert.equal(order.length, 400);
  assert.deepEqual(
    order,
    [...order].sort((a, b) => a - b),
  );
});

test('a place in the budget is kept: it is served in its turn and not asked for again', () => {
  const budget = new PacketBudget({ perAgent: 1_000, perDestination: 100 });
  assert.equal(budget.reserve('a', 100, 0, 1_000), 0);
  assert.equal(budget.reserve('a', 50, 0, 1_000), 500);
  assert.equal(budget.reserve('a', 60, 0, 1_000), null);
  assert.equal(budget.reserve('a', 50, 0, 1_000), 1_000);
  assert.equal(budget.reserve('b', 100, 0, 1_000), 0, 'another address has its own');
  assert.equal(budget.reserve('c', 0, 0, 0), 0);
});

test('name resolution gets a period, and ends early enough for the probe', () => {
  assert.equal(resolveTimeoutMs(5_000, 3_000, 0, 10_000), 5_000);
  assert.equal(resolveTimeoutMs(1_000, 900, 0, 2_000), 1_000);
  assert.equal(resolveTimeoutMs(1_000, 900, 800, 2_000), 300);
  assert.equal(resolveTimeoutMs(1_000, 1_000, 950, 2_000), 50);
  assert.equal(resolveTimeoutMs(1_000, 1_000, 1_000, 2_000), 0);
});
