import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { findMetric, RELATIVE_ERROR, type Results } from '@streamswarm/contract';
import { readResults } from '@streamswarm/operator/api/results/read-results';
import type { Database } from '@streamswarm/operator/store/database';
import { bindReads } from '@streamswarm/operator/store/queries/reads';
import type { GroupBy } from '@streamswarm/operator/store/queries/results/selection';
import { compact } from '@streamswarm/operator/store/rollup/compact';
import { managePartitions } from '@streamswarm/operator/store/tables/partitions';
import { type ResultStore, startResultStore } from '../support/result-store.ts';
import {
  compare,
  HOUR,
  LENGTH,
  mean,
  PERIOD,
  quantile,
  START,
  sum,
  type Truth,
} from '../support/result-truth.ts';

let store: ResultStore;
let db: Database;
let testUid: string;
let truth: readonly Truth[];

before(async () => {
  store = await startResultStore();
  ({ db, testUid, truth } = store);
});
after(() => store.stop());

interface Asked {
  window: { fromMs: number; toMs: number };
  by?: GroupBy;
  metric?: string;
  stepMs?: number;
  isWhole?: boolean;
  agent?: string;
  without?: string[];
  destination?: string;
}

function ask({
  window,
  by = 'none',
  metric = 'rtts_seconds',
  stepMs,
  isWhole = false,
  agent,
  without = [],
  destination,
}: Asked): Promise<Results> {
  const asked = findMetric('icmp', metric);
  assert.ok(asked);
  const base = asked.of === undefined ? asked : findMetric('icmp', asked.of.metric);
  return readResults(bindReads(db), {
    selection: {
      testUid,
      kind: 'icmp',
      probe: 'icmp',
      agent: agent ?? null,
      without,
      destination: destination ?? null,
      by,
    },
    metric: { asked, base: base ?? asked },
    window,
    pixels: 600,
    stepMs: stepMs ?? null,
    isWhole,
  });
}

const within = { fromMs: START, toMs: START + LENGTH };
const around = { fromMs: START - HOUR, toMs: START + 2 * HOUR };

test('raw samples: every step equals the slots due in it, percentiles exactly', async () => {
  const results = await ask({ window: within });
  assert.deepEqual([results.level, results.stepSeconds, results.steps], ['raw', 10, 360]);
  compare(results, truth, () => () => true);
});

test('minutes: the same, percentiles within the error of the histogram', async () => {
  const results = await ask({ window: around });
  assert.deepEqual([results.level, results.stepSeconds, results.steps], ['1m', 60, 180]);
  compare(results, truth, () => () => true);
});

test('raw and minutes agree on the whole, to the last slot and packet', async () => {
  const total = async (window: Asked['window']) => {
    const series = (await ask({ window })).series[0];
    assert.ok(series);
    const counts = ['n', 'sent', 'lost', 'ok', 'lostSlots', 'error', 'denied', 'dropped'] as const;
    return counts.map((name) => sum(series[name]));
  };
  const sent = sum(truth.map((slot) => slot.sent ?? 0));
  const received = sum(truth.map((slot) => slot.rtts.length));
  const count = (outcome: Truth['outcome']): number =>
    truth.filter((slot) => slot.outcome === outcome).length;
  const expected = [
    received,
    sent,
    sent - received,
    count('ok'),
    count('lost'),
    count('error'),
    count('denied'),
    count('dropped'),
  ];
  // 720 periods of four streams, less the slots whose offset lies past the end; 30 dropped of two, 5 denied of two.
  assert.deepEqual([expected[6], expected[7]], [10, 60]);
  assert.deepEqual(await total(within), expected);
  assert.deepEqual(await total(around), expected);
});

test('series stay apart by agent, by destination and by stream', async () => {
  const byAgent = await ask({ window: within, by: 'agent', stepMs: 60_000 });
  assert.deepEqual(
    byAgent.series.map(({ agent, destination }) => [agent, destination]),
    [
      ['a', null],
      ['b', null],
    ],
  );
  compare(byAgent, truth, (series) => (slot) => slot.agent === series.agent);
  const byDestination = await ask({ window: around, by: 'destination' });
  assert.deepEqual(
    byDestination.series.map(({ destination }) => destination),
    ['one', 'two'],
  );
  compare(byDestination, truth, (series) => (slot) => slot.destination === series.destination);
  const byStream = await ask({ window: around, by: 'stream', stepMs: 600_000 });
  assert.equal(byStream.series.length, 4);
  compare(
    byStream,
    truth,
    (series) => (slot) => slot.agent === series.agent && slot.destination === series.destination,
  );
});

test('one agent and one destination can be asked for alone', async () => {
  const results = await ask({ window: within, agent: 'b', destination: 'two' });
  compare(results, truth, () => (slot) => slot.agent === 'b' && slot.destination === 'two');
  assert.deepEqual((await ask({ window: within, agent: 'nobody' })).series, []);
});

test('agents can be left out: what remains is merged as if they had not been there', async () => {
  for (const window of [within, around])
    compare(await ask({ window, without: ['b', 'nobody'] }), truth, () => (slot) => slot.agent !== 'b');
  assert.deepEqual((await ask({ window: within, without: ['a', 'b'] })).series, []);
});

test('a whole window is one step from begin to end, whatever borders steps have', async () => {
  const odd = { fromMs: START + 7_000, toMs: START + 7_000 + 25 * 60_000 };
  const results = await ask({ window: odd, isWhole: true });
  assert.deepEqual(
    [results.level, results.steps, Date.parse(results.from), Date.parse(results.to)],
    ['raw', 1, odd.fromMs, odd.toMs],
  );
  compare(results, truth, () => () => true);
});

test('a statistic is answered from the values that it is a statistic of', async () => {
  const results = await ask({ window: within, metric: 'rtt_p95_seconds' });
  assert.equal(results.metric, 'rtt_p95_seconds');
  compare(results, truth, () => () => true);
});

test('a gauge has bounds and mean at both levels, percentiles only from samples', async () => {
  for (const window of [within, around]) {
    const {
      series: [series],
      level,
      stepSeconds,
      from,
    } = await ask({ window, metric: 'ttl', stepMs: 600_000 });
    assert.ok(series);
    const first = (START - Date.parse(from)) / (stepSeconds * 1_000);
    const slots = truth.filter((slot) => slot.dueMs < START + 600_000 && slot.rtts.length > 0);
    const ttls = slots.map((slot) => 60 + (slot.slot % 4));
    assert.deepEqual([series.n[first], series.min[first], series.max[first]], [ttls.length, 60, 63]);
    assert.ok(Math.abs((series.mean[first] ?? 0) - mean(ttls)) < 1e-12);
    assert.equal(series.p50[first], level === 'raw' ? quantile(ttls, 0.5) : null);
  }
});

test('a count adds up alike from samples and from minutes', async () => {
  for (const window of [within, around]) {
    const {
      series: [series],
    } = await ask({ window, metric: 'received', stepMs: 600_000 });
    assert.ok(series);
    const total = sum(series.n.map((n, i) => n * (series.mean[i] ?? 0)));
    assert.ok(Math.abs(total - sum(truth.map((slot) => slot.rtts.length))) < 1e-6);
  }
});

test('a window without streams has no series, and a step of its own', async () => {
  const results = await ask({ window: { fromMs: START - 20 * HOUR, toMs: START - 19 * HOUR } });
  assert.deepEqual([results.series, results.steps, results.level], [[], 600, 'raw']);
});

test('merging the minutes changes no answer', async () => {
  const asked = [{ window: around }, { window: around, by: 'agent' as const, metric: 'self_error_seconds' }];
  const beforehand = await Promise.all(asked.map(ask));
  assert.ok((await compact(db, managePartitions(db))) > 0);
  const merged = await Promise.all(asked.map(ask));
  for (const [i, results] of merged.entries()) {
    for (const [j, series] of results.series.entries()) {
      const { mean: means, ...rest } = series;
      const { mean: meansBefore, ...restBefore } = beforehand[i]?.series[j] ?? series;
      assert.deepEqual(rest, restBefore);
      // Sums of floats may differ in the last bit with their order.
      for (const [k, value] of means.entries())
        assert.ok(Math.abs((value ?? 0) - (meansBefore[k] ?? 0)) < 1e-12);
    }
  }
});

test('lists: loss, p95 and sparkline of a test, its agents and its newest result', async () => {
  const reads = bindReads(db);
  const stepped = { fromMs: START, toMs: START + LENGTH, stepMs: LENGTH / 40 };
  const latency = (await reads.latency('icmp', [testUid], stepped)).get(testUid);
  assert.ok(latency);
  const rtts = truth.flatMap((slot) => slot.rtts);
  const sent = sum(truth.map((slot) => slot.sent ?? 0));
  assert.deepEqual([latency.sent, latency.lost], [sent, sent - rtts.length]);
  const p95 = quantile(rtts, 0.95);
  assert.ok(Math.abs((latency.p95Seconds ?? 0) - p95) <= p95 * RELATIVE_ERROR * 1.0001);
  assert.equal(latency.p95BySteps.length, 40);
  assert.ok(latency.p95BySteps.every((value) => value !== null));
  assert.equal((await reads.latency('tcp', [testUid], stepped)).size, 0);
  const newest = Math.max(
    ...truth.filter((s) => s.outcome !== 'denied' && s.outcome !== 'dropped').map((s) => s.dueMs),
  );
  assert.deepEqual([...(await reads.latestResults([testUid]))], [[testUid, newest]]);
  assert.deepEqual([...(await reads.latestResults(null))], [[testUid, newest]]);
  assert.deepEqual(
    (await reads.agentsOfTests([testUid])).size,
    0,
    'its streams ended an hour before its run',
  );
  assert.deepEqual(await reads.probes(testUid), [{ name: 'icmp', kind: 'icmp' }]);
  const runs = (await reads.runs([testUid], 5)).get(testUid);
  assert.deepEqual(
    runs?.map(({ number, reason, startMs, endMs }) => [number, reason, startMs, endMs]),
    [[1, 'Created', 0, null]],
  );
});

test('fleet: figures over all tests, and slots answered', async () => {
  const reads = bindReads(db);
  const figures = await reads.fleetFigures(within);
  const rtts = truth.flatMap((slot) => slot.rtts);
  const sent = sum(truth.map((slot) => slot.sent ?? 0));
  assert.deepEqual([figures.sent, figures.lost], [sent, sent - rtts.length]);
  const p95 = quantile(rtts, 0.95);
  assert.ok(Math.abs((figures.p95Seconds ?? 0) - p95) <= p95 * RELATIVE_ERROR * 1.0001);
  const ownError = quantile(
    truth.flatMap((slot) => (slot.selfError === null ? [] : [slot.selfError])),
    0.99,
  );
  assert.ok(Math.abs((figures.selfErrorP99Seconds ?? 0) - ownError) <= ownError * RELATIVE_ERROR * 1.0001);
  const answered = truth.filter((slot) => slot.outcome !== 'denied' && slot.outcome !== 'dropped');
  assert.equal(await reads.answeredSlots(within), answered.length);
  const firstTwo = { fromMs: START, toMs: START + 120_000 };
  assert.equal(
    await reads.answeredSlots(firstTwo),
    answered.filter((slot) => slot.dueMs < START + 120_000).length,
  );
  assert.deepEqual(await reads.fleetFigures({ fromMs: 0, toMs: 60_000 }), {
    sent: 0,
    lost: 0,
    p95Seconds: null,
    selfErrorP99Seconds: null,
  });
});

test('recent activity is the newest samples, with the mean round trip', async () => {
  const activity = await bindReads(db).recentActivity(10);
  const newest = truth
    .filter((slot) => slot.outcome !== 'denied' && slot.outcome !== 'dropped')
    .toSorted((a, b) => b.dueMs - a.dueMs)
    .slice(0, 10);
  assert.deepEqual(
    activity.map((row) => [row.at.getTime(), row.agent, row.test]),
    newest.map((slot) => [slot.dueMs, slot.agent, 'results']),
  );
  for (const [i, row] of activity.entries()) {
    const rtts = newest[i]?.rtts ?? [];
    if (rtts.length === 0) assert.equal(row.rttSeconds, null);
    else assert.ok(Math.abs((row.rttSeconds ?? 0) - mean(rtts)) < 1e-8);
  }
});

test('revisions, agents and events are read as they were written', async () => {
  const reads = bindReads(db);
  const revisions = await reads.revisions(testUid, { after: 0, limit: 3 });
  assert.deepEqual(
    revisions.map(({ agent, destination, startMs, periodMs, fromMs, toMs }) => [
      agent,
      destination,
      startMs,
      periodMs,
      fromMs,
      toMs,
    ]),
    [
      ['a', 'one'],
      ['a', 'two'],
      ['b', 'one'],
    ].map((names) => [...names, START, PERIOD, START, START + LENGTH]),
  );
  const rest = await reads.revisions(testUid, { after: revisions.at(-1)?.span ?? 0, limit: 3 });
  assert.deepEqual(
    rest.map(({ agent, destination }) => [agent, destination]),
    [['b', 'two']],
  );
  const agents = await reads.agents();
  assert.deepEqual(
    agents.map(({ name, online, tests, streams, throughMs, spool }) => [
      name,
      online,
      tests,
      streams,
      throughMs,
      spool?.bad,
    ]),
    ['a', 'b'].map((name) => [name, true, 0, 0, START + 2 * LENGTH, 0]),
  );
  await db.query(
    `insert into event (kind, reason, message, namespace, test) values ('run', 'RunStarted', 'x', 'default', 'results'), ('agent', 'AgentOffline', 'y', null, null)`,
  );
  const events = await reads.events({ limit: 10 });
  assert.deepEqual(
    events.map(({ reason }) => reason),
    ['AgentOffline', 'RunStarted'],
  );
  assert.deepEqual(
    (await reads.events({ limit: 10, test: 'results' })).map(({ reason }) => reason),
    ['RunStarted'],
  );
  const since = events.at(-1)?.id ?? 0;
  assert.deepEqual(
    (await reads.events({ limit: 10, since })).map(({ reason }) => reason),
    ['AgentOffline'],
  );
});

test('events of a test can be had with those of its agents, and of a time', async () => {
  const reads = bindReads(db);
  const at = (ms: number): string => new Date(START + ms).toISOString();
  await db.query(
    `insert into event (at, kind, reason, message, namespace, test, agent) values
       ($1, 'test', 'SpecChanged', 'x', 'default', 'results', null), ($2, 'agent', 'AgentBack', 'y', null, null, 'a'),
       ($2, 'agent', 'AgentBack', 'z', null, null, 'of another test')`,
    [at(1_000), at(2_000)],
  );
  const ofTest = { limit: 10, namespace: 'default', test: 'results', withAgentsOf: testUid };
  const messages = async (filter: object): Promise<string[]> =>
    (await reads.events({ ...ofTest, ...filter })).map(({ message }) => message);
  assert.deepEqual(await messages({ fromMs: START, toMs: START + 3_000 }), ['y', 'x']);
  assert.deepEqual(await messages({ fromMs: START, toMs: START + 2_000 }), ['x'], 'the end is not included');
  assert.deepEqual(await messages({ fromMs: START + 2_000, toMs: START + 3_000 }), ['y']);
});
