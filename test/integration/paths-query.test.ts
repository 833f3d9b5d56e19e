import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  type Batch,
  MAX_TIMELINE,
  type NetworkPath,
  type Paths,
  slotDueMs,
  type TraceHop,
} from '@streamswarm/contract';
import { readPathChanges } from '@streamswarm/operator/api/results/read-path-changes';
import { readPaths } from '@streamswarm/operator/api/results/read-paths';
import { readTimeline, readTrace } from '@streamswarm/operator/api/results/read-traces';
import { type Database, openDatabase } from '@streamswarm/operator/store/database';
import { ingest } from '@streamswarm/operator/store/ingest/ingest';
import { migrate } from '@streamswarm/operator/store/migrate';
import { bindReads } from '@streamswarm/operator/store/queries/reads';
import { MAX_PATHS, MAX_TRACES } from '@streamswarm/operator/store/queries/results/network-paths';
import type { Selection } from '@streamswarm/operator/store/queries/results/selection';
import { managePartitions } from '@streamswarm/operator/store/tables/partitions';
import { pino } from 'pino';
import { type PlantedSpan, type Planter, plantTest } from '../support/planted-spans.ts';
import { startTestPostgres, type TestPostgres } from '../support/postgres.ts';
import { wordOf } from '../support/sample-batch.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const START = Math.floor((Date.now() - 3 * HOUR) / HOUR) * HOUR;
const window = { fromMs: START, toMs: START + 2 * HOUR };

interface Trace {
  readonly span: PlantedSpan;
  readonly slot: number;
  readonly hash: string | null;
  readonly hops: number | null;
  readonly path: readonly TraceHop[] | null;
}

let postgres: TestPostgres;
let db: Database;
let planter: Planter;
let spanA: PlantedSpan;

before(async () => {
  const logger = pino({ level: 'silent' });
  postgres = await startTestPostgres();
  db = openDatabase({ url: postgres.url, logger });
  await migrate(db, logger);
  planter = await plantTest(db, 'paths');
  const partitions = managePartitions(db);
  for (const [i, agentId] of ['a', 'b'].entries()) {
    await planter.addAgent(agentId);
    const span = await addSpan(agentId, 'edge', MINUTE);
    if (i === 0) spanA = span;
    const batch = batchOf(i === 0 ? tracesOfA(span) : tracesOfB(span));
    const word = wordOf({ throughMs: START + 2 * HOUR });
    await ingest(db, partitions, { agentId, word, batch, bytes: 1 });
  }
});
after(async () => {
  await db.close();
  await postgres.stop();
});

function addSpan(agentId: string, destination: string, periodMs: number): Promise<PlantedSpan> {
  const place = { agentId, destination, probe: 'trace' };
  return planter.addSpan({ ...place, startMs: START, periodMs, fromMs: START, toMs: START + 3 * HOUR });
}

const hop = (ttl: number, address: string | null, ...rtts_seconds: number[]): TraceHop => ({
  ttl,
  address,
  sent: 3,
  rtts_seconds,
});

/** Slots 1 to 3 by router 1 with a silent one behind it, 4 and 5 by router 2, 6 answered by nobody. */
function tracesOfA(span: PlantedSpan): Trace[] {
  const first = (slot: number, ...rtts: number[]): Trace => ({
    span,
    slot,
    hash: 'aaaaaaaaaaaaaaaa',
    hops: 3,
    path: [hop(1, '198.18.0.1', ...rtts), hop(2, null), hop(3, '198.18.9.9', 0.5, 0.25, 0.125)],
  });
  const second = (slot: number, hops: number | null): Trace => ({
    span,
    slot,
    hash: 'bbbbbbbbbbbbbbbb',
    hops,
    path: [{ ...hop(1, '198.18.0.2', 0.25), unreachable: 'host-unreachable' }],
  });
  return [
    first(1, 0.5, 0.75, 0.25),
    first(2, 1),
    first(3, 0.5),
    second(4, null),
    second(5, 1),
    { span, slot: 6, hash: null, hops: null, path: null },
  ];
}

function tracesOfB(span: PlantedSpan): Trace[] {
  return [{ span, slot: 1, hash: 'aaaaaaaaaaaaaaaa', hops: 1, path: [hop(1, 'fd00::1', 0.5, 0.5, 0.5)] }];
}

function batchOf(traces: readonly Trace[]): Batch {
  const column = <T>(of: (trace: Trace) => T): T[] => traces.map(of);
  return {
    version: 1,
    epoch: 1,
    seq: 0,
    tables: {
      trace: {
        span: column(({ span }) => span.id),
        slot: column(({ slot }) => slot),
        lateSeconds: column(() => 0),
        outcome: column(({ hops }) => (hops === null ? 'lost' : 'ok')),
        source: column(() => null),
        reason: column(() => null),
        address: column(() => '198.18.9.9'),
        nulls: column(() => null),
        metrics: {
          hops: column(({ hops }) => hops),
          path_hash: column(({ hash }) => hash),
          path: column(({ path }) => path),
        },
      },
    },
    ranges: [],
    surplus: [],
  };
}

interface Asked {
  readonly fromMs?: number;
  readonly toMs?: number;
  readonly agent?: string;
  readonly destination?: string;
}

function ask({ agent, destination, ...times }: Asked = {}): Promise<Paths> {
  const only = { agent: agent ?? null, destination: destination ?? null };
  const selection = {
    ...only,
    testUid: planter.testUid,
    kind: 'trace',
    probe: 'trace',
    by: 'stream',
  } as const;
  return readPaths(bindReads(db), selection, { ...window, ...times });
}

const due = (slot: number): string => new Date(slotDueMs(spanA, slot)).toISOString();
const named = ({ paths }: Paths) => paths.map(({ agent, hash, traces }) => [agent, hash[0], traces]);

test('each path of a stream stands once, with when it was seen, how often, and its hops', async () => {
  const { paths, ...counts } = await ask({ agent: 'a' });
  assert.deepEqual(counts, {
    probe: 'trace',
    from: new Date(window.fromMs).toISOString(),
    to: new Date(window.toMs).toISOString(),
    traces: 6,
    unanswered: 1,
    oldestRead: null,
    distinct: 2,
  });
  const place = { agent: 'a', destination: 'edge' };
  const silent = {
    address: null,
    minSeconds: null,
    medianSeconds: null,
    maxSeconds: null,
    unreachable: null,
  };
  assert.deepEqual(paths, [
    {
      ...place,
      hash: 'bbbbbbbbbbbbbbbb',
      firstSeen: due(4),
      lastSeen: due(5),
      traces: 2,
      reached: 1,
      hops: [
        {
          ttl: 1,
          address: '198.18.0.2',
          sent: 6,
          lost: 4,
          minSeconds: 0.25,
          medianSeconds: 0.25,
          maxSeconds: 0.25,
          unreachable: 'host-unreachable',
        },
      ],
    },
    {
      ...place,
      hash: 'aaaaaaaaaaaaaaaa',
      firstSeen: due(1),
      lastSeen: due(3),
      traces: 3,
      reached: 3,
      hops: [
        // Of 0.25, 0.5, 0.5, 0.75 and 1.
        {
          ttl: 1,
          address: '198.18.0.1',
          sent: 9,
          lost: 4,
          minSeconds: 0.25,
          medianSeconds: 0.5,
          maxSeconds: 1,
          unreachable: null,
        },
        { ttl: 2, ...silent, sent: 9, lost: 9 },
        {
          ttl: 3,
          address: '198.18.9.9',
          sent: 9,
          lost: 0,
          minSeconds: 0.125,
          medianSeconds: 0.25,
          maxSeconds: 0.5,
          unreachable: null,
        },
      ],
    },
  ] satisfies NetworkPath[]);
});

test('streams stay apart, and the window is a window', async () => {
  assert.deepEqual(new Set(named(await ask()).map(String)), new Set(['a,b,2', 'a,a,3', 'b,a,1']));
  assert.deepEqual(named(await ask({ fromMs: slotDueMs(spanA, 2), toMs: slotDueMs(spanA, 5), agent: 'a' })), [
    ['a', 'b', 1],
    ['a', 'a', 2],
  ]);
  assert.deepEqual((await ask({ destination: 'nowhere' })).paths, []);
});

test('no more traces and paths are read than the bounds say, the newest of them, and the answer says so', async () => {
  const stream = 4_711;
  await db.query(
    `insert into span (stream, test_uid, run_id, agent_id, destination, probe, kind, options, start_ms, period_ms,
                       offset_ms, from_ms, to_ms, opened_revision, revision)
     select $1, test_uid, run_id, agent_id, 'many', probe, kind, options, start_ms, 1000, 0, from_ms, to_ms, 1, 1
     from span where id = $2`,
    [stream, spanA.id],
  );
  const rows = MAX_TRACES + 60;
  await db.query(
    `insert into probe_trace (stream, ts, outcome, hops, path_hash, path)
     select $1, to_timestamp($2::float8 / 1000) + n * interval '0.5 seconds', 'ok', 1, to_char(n % 300, 'fm0000000000000000'),
       '[{"ttl": 1, "address": "198.18.0.1", "sent": 1, "rtts_seconds": [0.5]}]'
     from generate_series(1, $3::int) as n`,
    [stream, START, rows],
  );
  const { traces, distinct, paths, oldestRead } = await ask({ destination: 'many' });
  assert.deepEqual([traces, distinct, paths.length], [MAX_TRACES, 300, MAX_PATHS]);
  assert.equal(oldestRead, new Date(START + (rows - MAX_TRACES + 1) * 500).toISOString());
  assert.equal(Number(paths[0]?.hash), rows % 300);
});

const stream = (destination = 'edge', agent = 'a') => ({
  testUid: planter.testUid,
  probe: 'trace',
  agent,
  destination,
});

test('the traces of one stream stand one by one, each with its path and where it changed', async () => {
  const { traces, oldestRead } = await readTimeline(bindReads(db), { ...stream(), ...window });
  assert.equal(oldestRead, null);
  assert.deepEqual(
    traces.map(({ at, outcome, hash, hops, medians, changedFrom }) => [
      at,
      outcome,
      hash?.[0] ?? null,
      hops,
      medians,
      changedFrom,
    ]),
    [
      [due(1), 'ok', 'a', 3, [0.5, null, 0.25], null],
      [due(2), 'ok', 'a', 3, [1, null, 0.25], null],
      [due(3), 'ok', 'a', 3, [0.5, null, 0.25], null],
      [due(4), 'lost', 'b', null, [0.25], 1],
      [due(5), 'ok', 'b', 1, [0.25], null],
      [due(6), 'lost', null, null, [], null],
    ],
  );
  const other = await readTimeline(bindReads(db), { ...stream('edge', 'b'), ...window });
  assert.deepEqual(
    other.traces.map(({ medians }) => medians),
    [[0.5]],
  );
});

const changes = (rest: Partial<Selection> = {}, times = window) =>
  readPathChanges(
    bindReads(db),
    { testUid: null, kind: 'trace', probe: null, agent: null, destination: null, by: 'stream', ...rest },
    times,
  );

test('the streams that changed are told, with when, among all that were traced', async () => {
  const ofEdge = await changes({ testUid: planter.testUid, destination: 'edge' });
  assert.deepEqual([ofEdge.streams, ofEdge.agents], [2, 2]);
  assert.deepEqual(ofEdge.changed, [
    {
      namespace: 'default',
      test: 'paths',
      probe: 'trace',
      agent: 'a',
      destination: 'edge',
      changes: 1,
      times: [due(4)],
    },
  ]);
  assert.deepEqual(
    (await changes()).changed.filter(({ destination }) => destination === 'edge'),
    ofEdge.changed,
  );
  assert.equal((await changes({ destination: 'nowhere' })).streams, 0);
});

test('a stream that went one way alone in a time has not changed in it', async () => {
  const later = { fromMs: Date.parse(due(4)), toMs: window.toMs };
  const { streams, changed } = await changes({ destination: 'edge' }, later);
  assert.deepEqual([streams, changed], [1, []]);
});

test('a trace is found by the moment at which it was due', async () => {
  const fromMs = slotDueMs(spanA, 4);
  const trace = await readTrace(bindReads(db), { ...stream(), fromMs });
  assert.deepEqual(trace, {
    ...{ probe: 'trace', agent: 'a', destination: 'edge', address: '198.18.9.9' },
    ...{ at: due(4), outcome: 'lost', reason: null, hash: 'bbbbbbbbbbbbbbbb', hops: null },
    path: [
      {
        ttl: 1,
        address: '198.18.0.2',
        sent: 3,
        lost: 2,
        minSeconds: 0.25,
        medianSeconds: 0.25,
        maxSeconds: 0.25,
        unreachable: 'host-unreachable',
        others: [],
      },
    ],
  });
  const silent = await readTrace(bindReads(db), { ...stream(), fromMs: slotDueMs(spanA, 6) });
  assert.deepEqual([silent?.hash, silent?.path], [null, []]);
  assert.equal(await readTrace(bindReads(db), { ...stream(), fromMs: fromMs - 1 }), null);
});

test('a pair of a mesh is a stream of its own', async () => {
  await db.query(
    `insert into span (stream, test_uid, run_id, agent_id, destination, endpoint, probe, kind, options, start_ms,
                       period_ms, offset_ms, from_ms, to_ms, opened_revision, revision)
     select 815, test_uid, run_id, 'a', 'mesh', 'b', probe, kind, options, start_ms, period_ms, 0, from_ms, to_ms, 1, 1
     from span where id = $1`,
    [spanA.id],
  );
  await db.query(
    `insert into probe_trace (stream, ts, outcome, hops, path_hash, path)
     values (815, to_timestamp($1::float8 / 1000), 'ok', 1, 'cccccccccccccccc',
       '[{"ttl": 1, "address": "198.18.0.1", "sent": 1, "rtts_seconds": [0.5]}]')`,
    [START + 1],
  );
  const of = async (destination: string) =>
    (await readTimeline(bindReads(db), { ...stream(destination), ...window })).traces.length;
  assert.deepEqual([await of('mesh/b'), await of('mesh'), await of('mesh/a')], [1, 0, 0]);
});

test('a timeline of more traces than it may hold has the newest of them, and says from when on', async () => {
  const { traces, oldestRead } = await readTimeline(bindReads(db), { ...stream('many'), ...window });
  const rows = MAX_TRACES + 60;
  assert.equal(traces.length, MAX_TIMELINE);
  assert.equal(oldestRead, new Date(START + (rows - MAX_TIMELINE + 1) * 500).toISOString());
  assert.equal(traces.at(-1)?.at, new Date(START + rows * 500).toISOString());
});
