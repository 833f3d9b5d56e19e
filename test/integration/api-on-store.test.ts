import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  type Accounting,
  type AuditPage,
  DEFAULT_RETENTION,
  encodeFrame,
  type Fleet,
  type PlanLine,
  type PlannedSpan,
  type ProblemDetails,
  type Results,
  type RetentionView,
  slotDueMs,
  slotsDueIn,
  type TestDetail,
  type TestList,
} from '@streamswarm/contract';
import { type Operator, startOperator } from '@streamswarm/operator';
import { pino } from 'pino';
import { startTestPostgres, type TestPostgres } from '../support/postgres.ts';
import { compress, icmpBatch, wordOf } from '../support/sample-batch.ts';

const MANIFEST = `
apiVersion: streamswarm.dev/v1alpha1
kind: StreamTest
metadata: {name: street}
spec:
  destinations: [{name: there, host: 127.0.0.1}]
  probes: [{icmp: {}}]
  interval: 1s
`;
const RTT_SECONDS = 0.25;

let postgres: TestPostgres;
let operator: Operator;

before(async () => {
  postgres = await startTestPostgres();
  const config = {
    databaseUrl: postgres.url,
    host: '127.0.0.1',
    port: 0,
    consoleDir: null,
    logLevel: 'silent',
    cluster: null,
  };
  operator = await startOperator(config, pino({ level: 'silent' }));
});
after(async () => {
  await operator.stop();
  await postgres.stop();
});

async function call<T>(path: string, init: RequestInit = {}): Promise<{ status: number; body: T }> {
  const answer = await fetch(`${operator.url}${path}`, init);
  const text = await answer.text();
  return { status: answer.status, body: (text === '' ? null : JSON.parse(text)) as T };
}

/** Lines of the plan until one fits. */
async function planned(token: string, wanted: (span: PlannedSpan) => boolean): Promise<PlannedSpan> {
  const cut = new AbortController();
  const answer = await fetch(`${operator.url}/agent/v1/plan`, {
    headers: { authorization: `Bearer ${token}` },
    signal: cut.signal,
  });
  let text = '';
  const decoder = new TextDecoder();
  try {
    for await (const chunk of answer.body ?? []) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      for (const line of text
        .split('\n')
        .slice(0, -1)
        .map((one) => JSON.parse(one) as PlanLine)) {
        const found = line.type === 'put' ? line.assignment.spans.find(wanted) : undefined;
        if (found !== undefined) return found;
      }
    }
  } finally {
    cut.abort();
  }
  throw new Error(`the plan ended without it: ${text}`);
}

test('from a manifest over the plan and a batch to series, books and the first line of the console', async () => {
  const session = await call<{ token: string; nowMs: number }>('/agent/v1/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      agentId: 'agent-of-the-test',
      name: 'tester',
      version: '0',
      clockMs: Date.now(),
      platform: { os: 'x', kernel: 'x', arch: 'x', cores: 1, memoryBytes: 1 },
      addresses: [],
      capabilities: [],
    }),
  });
  assert.equal(session.status, 200);
  const { token } = session.body;
  const plan = planned(token, (span) => span.probe === 'icmp' && span.toMs === null);
  const created = await call<TestDetail>('/api/v1/tests', {
    method: 'POST',
    headers: { 'content-type': 'application/yaml' },
    body: MANIFEST,
  });
  assert.equal(created.status, 201, JSON.stringify(created.body));
  const span = await plan;
  const { first } = slotsDueIn(span, span.fromMs, span.fromMs + 1);
  assert.equal(slotDueMs(span, first), span.fromMs);

  const send = (seq: number, slots: number[], throughMs: number) =>
    call<unknown>('/agent/v1/batches', {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream', authorization: `Bearer ${token}` },
      body: encodeFrame(
        wordOf({ seq, throughMs, planRevision: 1_000 }),
        compress(
          icmpBatch(
            seq,
            slots.map((slot) => ({ span: span.span, slot, rttSeconds: RTT_SECONDS })),
          ),
        ),
      ) as Uint8Array<ArrayBuffer>,
    });
  assert.equal((await send(0, [first], span.fromMs)).status, 200);
  assert.equal((await send(0, [first], span.fromMs)).status, 200, 'a replay is acknowledged');

  const list = await call<TestList>('/api/v1/tests');
  const [summary] = list.body.items;
  assert.deepEqual(
    [list.body.total, summary?.state, summary?.agents],
    [1, 'Running', { assigned: 1, reporting: 1 }],
  );
  assert.deepEqual([summary?.lossCounts, summary?.p95Metric], [{ sent: 1, lost: 0 }, 'icmp.rtt_p95_seconds']);
  assert.equal(summary?.lastResultTime, new Date(span.fromMs).toISOString());
  const results = await call<Results>('/api/v1/tests/default/street/results?probe=icmp&range=5m');
  const [series] = results.body.series;
  assert.deepEqual([results.body.level, series?.n.reduce((a, b) => a + b)], ['raw', 1]);
  assert.deepEqual(
    series?.p95.filter((value) => value !== null),
    [RTT_SECONDS],
  );
  const overview = await call<Results>('/api/v1/results?range=5m');
  assert.deepEqual(
    overview.body.series.map(({ agent }) => agent),
    ['tester'],
  );
  const books = await call<Accounting>('/api/v1/accounting?namespace=default&test=street');
  assert.deepEqual([books.body.ok, books.body.unaccounted, books.body.surplus], [1, 0, 0]);
  const fleet = await call<Fleet>('/api/v1/fleet');
  assert.deepEqual(
    [fleet.body.tests, fleet.body.agents.map(({ name, online }) => [name, online])],
    [{ Running: 1 }, [['tester', true]]],
  );
  assert.equal(fleet.body.newestSampleTime, new Date(span.fromMs).toISOString());
  const stats = await call<{ active_tests: number; recent_activity: { ping_latency: number | null }[] }>(
    '/api/dashboard/stats',
  );
  assert.deepEqual([stats.body.active_tests, stats.body.recent_activity.length], [1, 1]);
  const preview = await call<{ streams: number }>('/api/v1/plan-preview', {
    method: 'POST',
    headers: { 'content-type': 'application/yaml' },
    body: MANIFEST,
  });
  assert.equal(preview.body.streams, 1);
});

test('wrong manifests change nothing in the database', async () => {
  const before = await call<TestList>('/api/v1/tests');
  const events = await call<{ items: unknown[] }>('/api/v1/events');
  for (const body of [
    MANIFEST.replace('1s', '1'),
    MANIFEST.replace('icmp', 'twamp'),
    MANIFEST.replace('host', 'hosst'),
    '[]',
    'a: [',
  ]) {
    for (const [method, path] of [
      ['POST', '/api/v1/tests'],
      ['PUT', '/api/v1/tests/default/street'],
    ] as const) {
      const answer = await call<ProblemDetails>(path, {
        method,
        headers: { 'content-type': 'application/yaml' },
        body,
      });
      assert.equal(answer.status, 400);
    }
  }
  const again = await call<ProblemDetails>('/api/v1/tests', {
    method: 'POST',
    headers: { 'content-type': 'application/yaml' },
    body: MANIFEST,
  });
  assert.deepEqual([again.status, again.body.code], [409, 'test-exists']);
  const afterwards = await call<TestList>('/api/v1/tests');
  assert.deepEqual(
    afterwards.body.items.map(({ uid, generation }) => [uid, generation]),
    before.body.items.map(({ uid, generation }) => [uid, generation]),
  );
  assert.deepEqual(
    (await call<{ items: unknown[] }>('/api/v1/events')).body.items.length,
    events.body.items.length,
  );
});

test('a test is stopped, started and deleted; its plan says when', async () => {
  const post = (verb: string) => call<TestDetail>(`/api/v1/tests/default/street/${verb}`, { method: 'POST' });
  const until = async (wanted: (detail: TestDetail) => boolean): Promise<TestDetail> => {
    for (let tries = 0; tries < 200; tries++) {
      const { body } = await call<TestDetail>('/api/v1/tests/default/street');
      if (wanted(body)) return body;
    }
    throw new Error('it never came to that');
  };
  assert.equal((await post('stop')).status, 200);
  const stopped = await until(({ summary }) => summary.state === 'Complete');
  assert.equal(stopped.runs[0]?.result, 'Stopped');
  assert.equal((await post('start')).status, 200);
  const started = await until(({ summary }) => summary.state === 'Running');
  assert.deepEqual(
    started.runs.map(({ number, reason }) => [number, reason]),
    [
      [2, 'RunNow'],
      [1, 'Created'],
    ],
  );
  const revisions = await call<{ items: { run: string; to: string | null }[] }>(
    '/api/v1/tests/default/street/revisions',
  );
  assert.deepEqual(
    revisions.body.items.map(({ run, to }) => [run, to === null]),
    [
      [started.runs[1]?.id, false],
      [started.runs[0]?.id, true],
    ],
  );
  assert.equal((await call('/api/v1/tests/default/street', { method: 'DELETE' })).status, 204);
  assert.equal((await call('/api/v1/tests/default/street')).status, 404);
  assert.equal((await call<TestList>('/api/v1/tests')).body.total, 0);
});

test('metrics are those of the store', async () => {
  const answer = await fetch(`${operator.url}/metrics`);
  const text = await answer.text();
  for (const line of [
    'streamswarm_unaccounted 0',
    'streamswarm_agents{online="true"} 1',
    'streamswarm_ingest_frames_total{result="duplicate"} 1',
  ])
    assert.ok(text.includes(line), line);
});

test('retention is set for good, and the audit says by whom', async () => {
  const days = { raw: 3, '1m': 10, '10m': 90, '1h': 400 };
  const before = await call<RetentionView>('/api/v1/retention');
  const { stored } = before.body;
  assert.deepEqual(before.body, { days: DEFAULT_RETENTION, booksFrom: null, stored });
  assert.ok(stored.raw.bytes > 0 && stored['1m'].bytes > 0, JSON.stringify(stored));
  const headers = { 'content-type': 'application/json' };
  const set = await call('/api/v1/retention', { method: 'PUT', headers, body: JSON.stringify(days) });
  assert.deepEqual([set.status, set.body], [200, { days, booksFrom: null, stored }]);
  assert.deepEqual((await call('/api/v1/retention')).body, { days, booksFrom: null, stored });
  const audit = await call<AuditPage>('/api/v1/audit?action=retention.set');
  assert.deepEqual(
    audit.body.items.map(({ object, detail }) => [object, detail]),
    [['retention', 'raw 3 d, 1m 10 d, 10m 90 d, 1h 400 d']],
  );
});

test('without Postgres the API says so, and what to do', async () => {
  await postgres.stop();
  for (const path of ['/api/v1/tests', '/api/v1/fleet', '/api/v1/accounting', '/metrics']) {
    const { status, body } = await call<ProblemDetails>(path);
    assert.deepEqual([status, body.code], [503, 'database-unavailable'], path);
  }
  assert.equal((await call('/readyz')).status, 503);
  assert.equal((await fetch(`${operator.url}/healthz`)).status, 200);
});
