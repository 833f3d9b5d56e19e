import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  MAX_TIMELINE,
  PathChanges,
  Paths,
  type StreamTest,
  schemaProblems,
  Trace,
  TraceTimeline,
} from '@streamswarm/contract';
import type { WayRow } from '../store/queries/results/path-ways.ts';
import type { QueryWindow, Selection } from '../store/queries/results/selection.ts';
import type { StreamWindow, TraceRow } from '../store/queries/results/traces.ts';
import { fakeApp } from './testing/fake-app.ts';
import { fakeServices, HELLO, NOW_MS } from './testing/fake-services.ts';

const SILENT = {
  ttl: 1,
  address: null,
  sent: 3,
  lost: 3,
  minSeconds: null,
  medianSeconds: null,
  maxSeconds: null,
  unreachable: null,
};

test('paths of a test: what was asked for, and times as the API writes them', async () => {
  const asked: [Selection, QueryWindow][] = [];
  const services = fakeServices({
    async networkPaths(selection, window) {
      asked.push([selection, window]);
      const stream = { agent: 'a', destination: 'loopback', hash: '0123456789abcdef' };
      const seen = { firstSeenMs: NOW_MS - 1, lastSeenMs: NOW_MS, traces: 1, reached: 0 };
      return {
        traces: 2,
        unanswered: 1,
        oldestReadMs: NOW_MS - 1,
        distinct: 1,
        paths: [{ ...stream, ...seen, hops: [SILENT] }],
      };
    },
  });
  const app = await fakeApp(services);
  const query = 'agent=a&destination=loopback&from=2026-12-01T10:00:00Z&to=2026-12-01T11:00:00Z';
  const answer = await app.inject(`/api/v1/tests/default/hello/paths?${query}`);
  assert.equal(answer.statusCode, 200, answer.body);
  const paths = answer.json() as Paths;
  assert.deepEqual(schemaProblems(Paths, paths), []);
  assert.equal(paths.oldestRead, '2026-12-01T11:59:59.999Z');
  assert.equal(paths.paths[0]?.lastSeen, '2026-12-01T12:00:00.000Z');
  assert.deepEqual(paths.paths[0]?.hops, [SILENT]);
  const [[selection, window] = []] = asked;
  assert.deepEqual(selection, {
    testUid: 'uid-of-default-hello',
    kind: 'trace',
    probe: null,
    agent: 'a',
    destination: 'loopback',
    by: 'stream',
  });
  assert.deepEqual(window, { fromMs: NOW_MS - 7_200_000, toMs: NOW_MS - 3_600_000 });
  await app.close();
});

const STREAM = 'agent=a&destination=mesh/b&probe=way';
const TRACED: StreamTest = {
  ...HELLO,
  metadata: { name: 'ways', namespace: 'default' },
  spec: { ...HELLO.spec, probes: [{ icmp: {} }, { trace: {}, name: 'way' }] },
};

async function tracingApp(rows: readonly TraceRow[]) {
  const asked: [StreamWindow, number][] = [];
  const services = fakeServices({
    async traces(of, limit) {
      asked.push([of, limit]);
      return rows.slice(0, limit);
    },
  });
  await services.tests.apply(TRACED, { mode: 'apply', actor: 'test' });
  return { app: await fakeApp(services), asked };
}

const hop = (ttl: number, address: string | null, ...rtts_seconds: number[]) => ({
  ttl,
  address,
  sent: 3,
  rtts_seconds,
});
const row = (minute: number, rest: Partial<TraceRow>): TraceRow => ({
  atMs: NOW_MS - minute * 60_000,
  outcome: 'ok',
  source: null,
  reason: null,
  address: '198.18.9.9',
  hops: 2,
  hash: 'aaaaaaaaaaaaaaaa',
  path: [hop(1, '198.18.0.1', 0.5, 0.25, 0.125), hop(2, '198.18.9.9', 1)],
  ...rest,
});

test('changes are told where routers contradict each other, not where one is silent', async () => {
  const of = (stream: string, minute: number, ...path: ReturnType<typeof hop>[]): WayRow => ({
    ...{ stream, namespace: 'default', test: 'ways', probe: 'way', agent: `agent-${stream}` },
    ...{ destination: 'loopback', atMs: NOW_MS - minute * 60_000, hops: 2, path },
  });
  const end = hop(2, '198.18.9.9', 1);
  const ways = [
    of('1', 9, hop(1, '198.18.0.1', 1), end),
    of('1', 8, hop(1, null), end),
    of('1', 7, hop(1, '198.18.0.1', 1), end),
    of('2', 9, hop(1, '198.18.0.1', 1), end),
    of('2', 8, hop(1, '198.18.0.2', 1), end),
    of('2', 7, hop(1, '198.18.0.1', 1), end),
  ];
  const app = await fakeApp(fakeServices({ pathWays: async () => ({ streams: 5, agents: 4, ways }) }));
  const answer = await app.inject('/api/v1/path-changes?range=1h');
  assert.equal(answer.statusCode, 200, answer.body);
  const changes = answer.json() as PathChanges;
  assert.deepEqual(schemaProblems(PathChanges, changes), []);
  assert.deepEqual([changes.streams, changes.agents, changes.changed.length], [5, 4, 1]);
  assert.deepEqual(changes.changed[0]?.times, ['2026-12-01T11:53:00.000Z', '2026-12-01T11:52:00.000Z']);
  assert.equal((await app.inject('/api/v1/path-changes?range=25h')).statusCode, 400);
  await app.close();
});

test('a timeline stands oldest first, and each trace is compared with what was known of its hops', async () => {
  const { app, asked } = await tracingApp([
    row(1, { path: [hop(1, '198.18.0.2', 2), hop(2, '198.18.9.9', 1)], hash: 'bbbbbbbbbbbbbbbb' }),
    row(2, { outcome: 'lost', hops: null, hash: null, path: null }),
    row(3, { outcome: 'error', source: 'resolver', reason: 'nxdomain', hops: null, hash: null, path: null }),
    row(4, { path: [hop(1, null), hop(2, '198.18.9.9', 0.5, 1)] }),
    row(5, {}),
  ]);
  const answer = await app.inject(`/api/v1/tests/default/ways/paths/timeline?${STREAM}&range=1h`);
  assert.equal(answer.statusCode, 200, answer.body);
  const timeline = answer.json() as TraceTimeline;
  assert.deepEqual(schemaProblems(TraceTimeline, timeline), []);
  assert.deepEqual(
    timeline.traces.map(({ hash, medians, changedFrom, reason }) => [
      hash?.[0] ?? null,
      medians,
      changedFrom,
      reason,
    ]),
    [
      ['a', [0.25, 1], null, null],
      ['a', [null, 0.5], null, null],
      [null, [], null, 'resolver.nxdomain'],
      [null, [], null, null],
      // The first hop was silent in the trace before; what it was is known from the one before that.
      ['b', [2, 1], 1, null],
    ],
  );
  assert.equal(timeline.oldestRead, null);
  const window = { fromMs: NOW_MS - 3_600_000, toMs: NOW_MS };
  const stream = { testUid: 'uid-of-default-ways', agent: 'a', destination: 'mesh/b', probe: 'way' };
  assert.deepEqual(asked, [[{ ...stream, ...window }, MAX_TIMELINE + 1]]);
  await app.close();
});

test('a timeline has an end, and says so; the oldest that it shows is compared, too', async () => {
  const many = Array.from({ length: MAX_TIMELINE + 5 }, (_, i) => row(i, {}));
  many[MAX_TIMELINE] = row(MAX_TIMELINE, { path: [hop(1, '198.18.0.7', 1), hop(2, '198.18.9.9', 1)] });
  const { app } = await tracingApp(many);
  const answer = await app.inject(`/api/v1/tests/default/ways/paths/timeline?${STREAM}&range=720h`);
  const { traces, oldestRead } = answer.json() as TraceTimeline;
  assert.deepEqual([traces.length, traces[0]?.at, traces[0]?.changedFrom], [MAX_TIMELINE, oldestRead, 1]);
  await app.close();
});

test('one trace has each of its hops, and a moment without one says so', async () => {
  const others = { ...hop(1, '198.18.0.1', 0.5, 0.25), others: ['198.18.0.2'] };
  const { app, asked } = await tracingApp([row(1, { hops: null, outcome: 'lost', path: [others] })]);
  const at = new Date(NOW_MS - 60_000).toISOString();
  const answer = await app.inject(`/api/v1/tests/default/ways/paths/trace?${STREAM}&at=${at}`);
  assert.equal(answer.statusCode, 200, answer.body);
  const trace = answer.json() as Trace;
  assert.deepEqual(schemaProblems(Trace, trace), []);
  assert.deepEqual(trace.path, [
    {
      ...SILENT,
      address: '198.18.0.1',
      lost: 1,
      minSeconds: 0.25,
      medianSeconds: 0.25,
      maxSeconds: 0.5,
      others: ['198.18.0.2'],
    },
  ]);
  assert.deepEqual(
    asked.map(([{ fromMs, toMs }, limit]) => [fromMs, toMs, limit]),
    [[NOW_MS - 60_000, NOW_MS - 59_999, 1]],
  );
  await app.close();
  const { app: empty } = await tracingApp([]);
  const none = await empty.inject(`/api/v1/tests/default/ways/paths/trace?${STREAM}&at=${at}`);
  assert.deepEqual([none.statusCode, none.json().code], [404, 'trace-not-found']);
  await empty.close();
});

test('a test that does not trace has no timeline, and neither has its icmp probe', async () => {
  const { app } = await tracingApp([]);
  for (const [name, probe] of [
    ['hello', ''],
    ['ways', '&probe=icmp'],
  ]) {
    const path = `/api/v1/tests/default/${name}/paths/timeline?agent=a&destination=b${probe}`;
    const answer = await app.inject(path);
    assert.deepEqual([answer.statusCode, answer.json().code], [400, 'unknown-probe'], path);
  }
  await app.close();
});
