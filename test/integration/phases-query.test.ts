import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { MAX_PHASE_REQUESTS, PROBES, SlowPhases, schemaProblems, slotDueMs } from '@streamswarm/contract';
import { readPhases } from '@streamswarm/operator/api/results/read-phases';
import type { Database } from '@streamswarm/operator/store/database';
import { ingest } from '@streamswarm/operator/store/ingest/ingest';
import { bindReads } from '@streamswarm/operator/store/queries/reads';
import { managePartitions } from '@streamswarm/operator/store/tables/partitions';
import { type PlantedSpan, type Planter, plantTest } from '../support/planted-spans.ts';
import { batchOf, samplesOf, wordOf } from '../support/sample-batch.ts';
import { startTestStore, type TestStore } from '../support/test-store.ts';

const HOUR = 3_600_000;
const START = Math.floor((Date.now() - 3 * HOUR) / HOUR) * HOUR;
const window = { fromMs: START, toMs: START + HOUR };
const PERIOD = 1_000;

interface Request {
  readonly agent: string;
  readonly slot: number;
  readonly total: number | null;
  readonly connect: number | null;
  readonly tls: number | null;
  readonly ttfb: number | null;
}

let store: TestStore;
let db: Database;
let planter: Planter;
const sizes = { a: 200, b: 7, c: 1, d: 5 } as const;
const sent: Request[] = [];

before(async () => {
  store = await startTestStore();
  ({ db } = store);
  planter = await plantTest(db, 'phases');
  for (const [agent, size] of Object.entries(sizes)) {
    await planter.addAgent(agent);
    const span = await addSpan(agent, 'shop', PERIOD, START);
    const requests = Array.from({ length: size }, (_, slot) => requestOf(agent, slot));
    await send(span, requests);
    sent.push(...requests);
  }
});
after(() => store.stop());

function addSpan(agentId: string, destination: string, periodMs: number, startMs: number) {
  const place = { agentId, destination, probe: 'http', offsetMs: 0 };
  return planter.addSpan({ ...place, startMs, periodMs, fromMs: startMs, toMs: START + HOUR });
}

/** Slow ones wait for the first byte; each tenth fails and has no whole; only half of them speak TLS. */
function requestOf(agent: string, slot: number): Request {
  const rank = (slot * 37) % 101;
  const connect = 0.01 + rank / 10_000;
  const tls = slot % 2 === 0 ? 0.02 : null;
  const ttfb = 0.001 * rank * rank;
  const isWhole = agent !== 'd' && slot % 10 !== 9;
  return { agent, slot, connect, tls, ttfb, total: isWhole ? connect + (tls ?? 0) + ttfb + 0.0005 : null };
}

let seq = 0;
async function send(span: PlantedSpan, requests: readonly Request[]): Promise<void> {
  const column = <T>(of: (request: Request) => T): T[] => requests.map(of);
  const metrics = {
    total_seconds: column(({ total }) => total),
    connect_seconds: column(({ connect }) => connect),
    tls_seconds: column(({ tls }) => tls),
    ttfb_seconds: column(({ ttfb }) => ttfb),
  };
  const slots = column(({ slot }) => slot);
  const table = samplesOf(span.id, slots, metrics, {
    outcome: column(({ total }) => (total === null ? 'error' : 'ok')),
    source: column(({ total }) => (total === null ? 'target' : null)),
    reason: column(({ total }) => (total === null ? 'reset' : null)),
  });
  const batch = batchOf(seq++, 'http', table);
  const word = wordOf({ seq: batch.seq, throughMs: START + HOUR });
  await ingest(db, managePartitions(db), { agentId: span.agentId, word, batch, bytes: 1 });
}

const read = async (
  over: Partial<{ agent: string; destination: string; without: readonly string[] }> = {},
  within = window,
) => {
  const selection = {
    testUid: planter.testUid,
    kind: 'http',
    probe: 'http',
    agent: null,
    by: 'agent',
  } as const;
  const phases = await readPhases(bindReads(db), { ...selection, destination: null, ...over }, within);
  assert.deepEqual(schemaProblems(SlowPhases, phases), []);
  return phases;
};

/** The same, reckoned from what was sent. */
function expected(agent: string) {
  const whole = sent
    .flatMap((one) => (one.agent === agent && one.total !== null ? [{ ...one, total: one.total }] : []))
    .sort((a, b) => a.total - b.total);
  const rank = (share: number): number => Math.ceil(share * whole.length) - 1;
  const near = whole.slice(rank(0.925), rank(0.975) + 1);
  const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / near.length;
  return {
    requests: whole.length,
    near: near.length,
    p95: whole[rank(0.95)]?.total ?? Number.NaN,
    seconds: mean(near.map(({ total }) => total)),
    connect: mean(near.map(({ connect }) => connect ?? 0)),
    tls: near.some(({ tls }) => tls !== null) ? mean(near.map(({ tls }) => tls ?? 0)) : null,
    ttfb: mean(near.map(({ ttfb }) => ttfb ?? 0)),
  };
}

const isNear = (a: number | null, b: number | null): boolean =>
  a === null || b === null ? a === b : Math.abs(a - b) <= 1e-6 * Math.abs(b);

test('each agent: the requests near its 95th percentile, and where their time went', async () => {
  const phases = await read();
  assert.deepEqual([phases.oldestRead, phases.total], [null, 'total_seconds']);
  assert.deepEqual(phases.agents.map(({ agent }) => agent).sort(), ['a', 'b', 'c'], 'd never came to an end');
  const slowness = phases.agents.map(({ seconds }) => seconds);
  assert.deepEqual(
    slowness,
    slowness.toSorted((a, b) => b - a),
    'slowest first',
  );
  for (const { agent, requests, near, p95Seconds, seconds, parts } of phases.agents) {
    const truth = expected(agent);
    assert.deepEqual([requests, near], [truth.requests, truth.near], agent);
    assert.ok(isNear(p95Seconds, truth.p95) && isNear(seconds, truth.seconds), agent);
    assert.deepEqual(
      parts.map(({ metric }) => metric),
      [...(PROBES.http.phases?.parts ?? [])],
    );
    for (const name of ['connect', 'tls', 'ttfb'] as const) {
      const part = parts.find(({ metric }) => metric === `${name}_seconds`)?.seconds ?? null;
      assert.ok(isNear(part, truth[name]), `${agent} ${name}: ${part}, not ${truth[name]}`);
    }
    const sum = parts.reduce((all, part) => all + (part.seconds ?? 0), 0);
    assert.ok(sum <= seconds, 'no time is in two phases');
  }
});

test('one agent, all but one, another destination, a time without requests', async () => {
  assert.deepEqual(
    (await read({ agent: 'b' })).agents.map(({ agent }) => agent),
    ['b'],
  );
  const names = (await read({ without: ['b'] })).agents.map(({ agent }) => agent);
  assert.deepEqual(names.sort(), ['a', 'c']);
  assert.deepEqual((await read({ destination: 'elsewhere' })).agents, []);
  assert.deepEqual(
    await read({}, { fromMs: START - 2 * HOUR, toMs: START - HOUR }).then(({ agents }) => agents),
    [],
  );
});

test('of a long time the newest slots are read, and it says from when on', async () => {
  await planter.addAgent('busy');
  const span = await addSpan('busy', 'far', 10, START);
  const reachMs = MAX_PHASE_REQUESTS * 10;
  const lastSlot = HOUR / 10 - 1;
  const old = requestOf('busy', (HOUR - reachMs) / 10 - 1);
  const young = requestOf('busy', lastSlot);
  await send(span, [{ ...old, total: 9 }]);
  await send(span, [{ ...young, total: 1 }]);
  assert.ok(slotDueMs(span, old.slot) >= window.fromMs);
  const { oldestRead, agents } = await read({ destination: 'far' });
  assert.equal(oldestRead, new Date(window.toMs - reachMs).toISOString());
  assert.deepEqual(
    agents.map(({ requests, p95Seconds }) => [requests, p95Seconds]),
    [[1, 1]],
  );
  // A test that has ended is read from its end on, however long ago that is.
  const later = await read({ destination: 'far' }, { fromMs: START, toMs: START + 2 * HOUR });
  assert.deepEqual([later.oldestRead, later.agents.length], [oldestRead, 1]);
});

test('a probe without phases says which have some', async () => {
  const selection = {
    testUid: planter.testUid,
    kind: 'icmp',
    probe: 'icmp',
    agent: null,
    destination: null,
  } as const;
  await assert.rejects(
    readPhases(bindReads(db), { ...selection, by: 'agent' }, window),
    /choose one of kind http/,
  );
});
