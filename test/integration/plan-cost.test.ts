import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { StreamTestSpec } from '@streamswarm/contract';
import { planOfAgent } from '@streamswarm/operator/store/planning/plan-of-agent';
import { statusFigures } from '@streamswarm/operator/store/queries/status-figures';
import { type PlannedStore, type PresentWish, startPlannedStore, wishOf } from '../support/planned-store.ts';

const AGENTS = 1_000;
const TESTS = 1_000;
const PER_TEST = 20;
const GROUPS = AGENTS / PER_TEST;

let store: PlannedStore;
before(async () => {
  store = await startPlannedStore();
  await store.db.query(
    `insert into agent (id, name, version, platform, addresses, capabilities, kind, node_name, labels, address)
     select gen_random_uuid(), 'worker-' || n, '0', '{}', '[]', '[]', 'Node', 'worker-' || n,
       jsonb_build_object('group', (n % $2)::text, 'kubernetes.io/os', 'linux', 'kubernetes.io/arch', 'amd64',
         'kubernetes.io/hostname', 'worker-' || n, 'topology.kubernetes.io/zone', 'z' || n % 3),
       '198.18.' || n / 250 || '.' || n % 250 + 1
     from generate_series(0, $1 - 1) as n`,
    [AGENTS, GROUPS],
  );
});
after(() => store.stop());

const spec = (n: number): StreamTestSpec => ({
  destinations: [{ name: 'edge', host: '198.18.0.1' }],
  probes: [{ icmp: {} }],
  interval: '60s',
  sources: { nodeSelector: { matchLabels: { group: `${n % GROUPS}` } } },
});

interface Cost {
  readonly wallMs: number;
  /** Of this process; Postgres has its own. */
  readonly cpuMs: number;
}

async function costOf(work: () => Promise<void>): Promise<Cost> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return { wallMs: performance.now() - start, cpuMs: (user + system) / 1_000 };
}

const say = (what: string, count: number, { wallMs, cpuMs }: Cost): string =>
  `${what}: ${Math.round((count / wallMs) * 1_000)}/s, ${(wallMs / count).toFixed(2)} ms and ${(cpuMs / count).toFixed(2)} ms CPU of the operator each`;

test('1,000 tests of 20 agents out of 1,000: planned, planned again, handed out', {
  timeout: 600_000,
}, async (t) => {
  const wishes = Array.from({ length: TESTS }, (_, n) => wishOf(`test-${n}`, spec(n)));
  const planEach = async (list: readonly PresentWish[]): Promise<number> => {
    let changed = 0;
    for (const wish of list) if ((await store.plan(wish.uid, { wish })).changed) changed++;
    return changed;
  };
  const revision = async () =>
    (await store.db.query<{ revision: string }>('select revision from leadership'))[0]?.revision;

  let changed = 0;
  const anew = await costOf(async () => {
    changed = await planEach(wishes);
  });
  t.diagnostic(say('new tests', TESTS, anew));
  assert.equal(changed, TESTS);
  const [spans] = await store.db.query<{ n: number }>('select count(*)::int4 as n from span');
  assert.equal(spans?.n, TESTS * PER_TEST);

  await store.db.query('analyze');
  const planned = await revision();
  const again = await costOf(async () => {
    changed = await planEach(wishes);
  });
  t.diagnostic(say('nothing to change', TESTS, again));
  assert.deepEqual(
    [changed, await revision()],
    [0, planned],
    'the row that all planners wait for is not touched',
  );
  assert.ok(again.cpuMs < anew.cpuMs / 1.5, 'looking costs less than planning');

  const agents = await store.db.query<{ id: string }>('select id from agent order by name limit 200');
  const handed = await costOf(async () => {
    for (const { id } of agents) {
      const { assignments } = await planOfAgent(store.db, id);
      assert.equal(assignments.length, TESTS / GROUPS);
    }
  });
  t.diagnostic(say('plan of an agent with 20 tests', agents.length, handed));
  // What an agent once did must not make its plan dearer: the index leads to what it owes.
  await store.db.query(
    `insert into agent_word select id, 1, 1, (extract(epoch from clock_timestamp()) * 1000)::int8, 1, '[]', '{}', now() from agent`,
  );
  await store.db.query(
    `insert into span (stream, test_uid, run_id, agent_id, destination, probe, kind, options, start_ms, period_ms, offset_ms,
       from_ms, to_ms, opened_revision, revision)
     select stream, test_uid, run_id, agent_id, destination, probe, kind, options, 0, period_ms, offset_ms, 0, n, 1, 1
     from span cross join generate_series(1, 10) as n`,
  );
  await store.db.query('analyze');
  const old = await costOf(async () => {
    for (const { id } of agents) await planOfAgent(store.db, id);
  });
  t.diagnostic(say('the same with ten closed streams beside each', agents.length, old));
  const explained = await store.db.query<{ 'QUERY PLAN': string }>(
    `explain select 1 from span where agent_id = '${agents[0]?.id}'
       and coalesce(to_ms, 8000000000000000000) + 3 * period_ms > 1000000000000`,
  );
  const lines = explained.map((row) => row['QUERY PLAN']).join('\n');
  assert.match(lines, /span_of_agent/);
  assert.match(lines, /Index Cond: .*agent_id.*period_ms/, lines);

  const runs = await store.db.query<{ id: string; uid: string }>(
    'select id, test_uid as uid from run order by id limit 100',
  );
  const figures = await costOf(async () => {
    for (const { id, uid } of runs) await statusFigures(store.db, uid, id);
  });
  t.diagnostic(say('figures of a status', runs.length, figures));

  const edited = wishes.map((wish, n) =>
    wishOf(wish.name, { ...spec(n + 1) }, { uid: wish.uid, generation: 2 }),
  );
  const moved = await costOf(async () => {
    changed = await planEach(edited.slice(0, 200));
  });
  t.diagnostic(say('sources edited, 20 streams closed and 20 opened', 200, moved));
  assert.equal(changed, 200);
});
