import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { nodeAgentId, type ProblemDetails, type SessionRequest } from '@streamswarm/contract';
import { loadBooks } from '@streamswarm/operator/store/books/load-books';
import { endSessionsExcept } from '@streamswarm/operator/store/queries/agent-sessions';
import { type AgentStreet, goodFacts, SERVER_NAME, startAgentStreet } from '../support/agent-street.ts';
import { waitUntil } from '../support/wait-until.ts';

/** Planted where secrets are: it must never be seen anywhere else. */
const CANARY = 'canary.token.7f3a';

let street: AgentStreet;
before(async () => {
  street = await startAgentStreet();
});
after(() => street.stop());

function sessionRequest(agentId: string): SessionRequest {
  return {
    agentId,
    name: 'whatever it says',
    version: '1.0.0',
    clockMs: Date.now(),
    platform: { os: 'linux', kernel: '6', arch: 'x64', cores: 1, memoryBytes: 1 },
    addresses: [],
    capabilities: [],
  };
}

interface Answer {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  readonly problem: ProblemDetails;
}

function ask(method: string, path: string, token: string | null, body?: unknown): Promise<Answer> {
  const url = new URL(path, street.listener.url);
  return new Promise((resolve, reject) => {
    const asked = request(
      url,
      {
        method,
        servername: SERVER_NAME,
        ca: street.ca.caPem,
        agent: false,
        headers: {
          ...(token === null ? {} : { authorization: token }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
      },
      async (response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk as Buffer);
        const text = Buffer.concat(chunks).toString();
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          problem: JSON.parse(text.startsWith('{') ? text : '{}') as ProblemDetails,
        });
      },
    );
    asked.on('error', reject);
    asked.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

const openSession = (token: string | null, agentId: string): Promise<Answer> =>
  ask('POST', '/agent/v1/session', token, sessionRequest(agentId));

async function countOf(table: 'agent' | 'agent_session' | 'probe_host'): Promise<number> {
  const [row] = await street.db.query<{ n: number }>(`select count(*)::int4 as n from ${table}`);
  return row?.n ?? -1;
}

test('whoever cannot show a good token of this very node is refused, told why, and leaves nothing behind', async () => {
  const id = nodeAgentId('worker-1');
  const good = goodFacts('worker-1');
  street.tokens.set('good', good);
  street.tokens.set('audience', { ...good, audiences: ['https://kubernetes.default.svc'] });
  street.tokens.set('account', {
    ...good,
    username: 'system:serviceaccount:system:other',
    serviceAccount: 'other',
  });
  street.tokens.set('namespace', {
    ...good,
    username: 'system:serviceaccount:other:streamswarm-agent',
    namespace: 'other',
  });
  street.tokens.set('person', { ...good, username: 'admin', namespace: null, serviceAccount: null });
  street.tokens.set('no-pod', { ...good, podUid: null, podName: null });
  street.tokens.set('no-node', { ...good, nodeName: null });
  const cases: [string | null, string, number, RegExp][] = [
    [null, id, 401, /needs the projected service account token/],
    ['Basic Z29vZA==', id, 401, /bearer token/],
    ['Bearer ', id, 401, /bearer token/],
    [`Bearer ${CANARY}`, id, 401, /does not accept this token/],
    ['Bearer audience', id, 401, /another audience/],
    ['Bearer account', id, 403, /not of the service account/],
    ['Bearer namespace', id, 403, /not of the service account/],
    ['Bearer person', id, 403, /not of the service account/],
    ['Bearer no-pod', id, 403, /not bound to a pod/],
    ['Bearer no-node', id, 403, /not bound to a pod/],
    ['Bearer good', nodeAgentId('worker-2'), 403, /another node/],
    ['Bearer good', '00000000-0000-4000-8000-000000000001', 403, /another node/],
  ];
  for (const [token, agentId, status, detail] of cases) {
    const { problem, ...answer } = await openSession(token, agentId);
    assert.equal(answer.status, status, `${token}: ${JSON.stringify(problem)}`);
    assert.match(String(answer.headers['content-type']), /problem\+json/);
    assert.match(problem.detail, detail);
    const said = JSON.stringify(problem);
    for (const secret of [CANARY, 'streamswarm-agent', 'pod-on-worker-1']) {
      assert.ok(!said.includes(secret), `${token}: says ${secret}`);
    }
  }
  street.apiServerIsAway = true;
  street.tokens.set('unknown yet', good);
  const away = await openSession('Bearer not-reviewed-before', id);
  street.apiServerIsAway = false;
  assert.deepEqual([away.status, away.problem.code], [503, 'identity-unchecked']);
  assert.equal(away.headers['retry-after'], '2');
  assert.deepEqual([await countOf('agent'), await countOf('agent_session')], [0, 0]);
});

test('no route but session, plan, batches and the two probes; none of them open to a wrong kind of token', async () => {
  street.tokens.set('good', goodFacts('worker-1'));
  const opened = await openSession('Bearer good', nodeAgentId('worker-1'));
  assert.equal(opened.status, 200);
  const { token } = opened.problem as unknown as { token: string };
  for (const path of [
    '/',
    '/api/v1/tests',
    '/api/v1/fleet',
    '/api/openapi.json',
    '/metrics',
    '/agent/v1/other',
  ]) {
    const { status, problem } = await ask('GET', path, `Bearer ${token}`);
    assert.deepEqual([status, problem.code], [404, 'not-found'], path);
  }
  for (const path of ['/healthz', '/readyz']) assert.equal((await ask('GET', path, null)).status, 200);
  const routes: [string, string][] = [
    ['GET', '/agent/v1/plan'],
    ['POST', '/agent/v1/batches'],
  ];
  for (const [method, path] of routes) {
    for (const wrong of [null, 'Bearer good', `Bearer ${CANARY}`, `Basic ${token}`]) {
      assert.equal((await ask(method, path, wrong)).status, 401, `${method} ${path} with ${wrong}`);
    }
  }
  // The token of a session opens no other session.
  assert.equal((await openSession(`Bearer ${token}`, nodeAgentId('worker-1'))).status, 401);
});

test('an agent pod measures end to end over TLS, and its token is seen nowhere', async (t) => {
  const token = `${CANARY}.worker-3`;
  street.tokens.set(token, goodFacts('worker-3'));
  const readyFile = join(street.dir, 'ready');
  await street.startNodeAgent('worker-3', token, { readyFile });
  const [row] = await waitUntil('the agent is known', async () => {
    const rows = await street.db.query<Record<string, unknown>>(
      `select a.name, a.kind, a.node_name, a.labels, s.pod_uid, s.node_name as of_node,
         s.expires_at between now() + interval '59 minutes' and now() + interval '1 hour' as an_hour
       from agent a join agent_session s on s.agent_id = a.id where a.id = $1`,
      [nodeAgentId('worker-3')],
    );
    return rows.length > 0 && rows;
  });
  assert.deepEqual(row, {
    name: 'worker-3',
    kind: 'Node',
    node_name: 'worker-3',
    labels: { 'kubernetes.io/hostname': 'worker-3' },
    pod_uid: 'pod-on-worker-3',
    of_node: 'worker-3',
    an_hour: true,
  });
  const plan = await street.plan('tls', 'worker-3', 200);
  await waitUntil('samples', async () => (await countOf('probe_host')) > 5);
  const { start } = await waitUntil(
    'the ready file',
    () => JSON.parse(readFileSync(readyFile, 'utf8')) as { start: string },
  );
  assert.match(start, /^[0-9a-f-]{36}$/);
  await plan.end();
  const books = await waitUntil('the books to close', async () => {
    const now = await loadBooks(street.db, { test: 'tls' });
    return now.pending === 0 && now.scheduled > 5 && now;
  });
  t.diagnostic(`books: ${books.ok} ok of ${books.scheduled} scheduled`);
  assert.equal(books.unaccounted, 0);
  assert.equal(books.scheduled, books.ok);
  assert.ok(street.log().includes('agent session'), 'the log is really read');
  assert.ok(!street.log().includes(CANARY));
  const dump = await street.db.query<{ row: string }>(
    'select a::text || s::text as row from agent a join agent_session s on s.agent_id = a.id',
  );
  assert.ok(!JSON.stringify(dump).includes(CANARY));
});

test('labels that the cluster gave to a node stay when its agent opens another session', async () => {
  const id = nodeAgentId('worker-4');
  street.tokens.set('four', goodFacts('worker-4'));
  assert.equal((await openSession('Bearer four', id)).status, 200);
  await street.db.query(`update agent set labels = '{"zone": "b"}' where id = $1`, [id]);
  assert.equal((await openSession('Bearer four', id)).status, 200);
  assert.deepEqual(await street.db.query('select labels from agent where id = $1', [id]), [
    { labels: { zone: 'b' } },
  ]);
});

test('the sessions of a pod that is gone end at once, those of others stay', async () => {
  const streams = new Map<string, { token: string; ended: Promise<void>; isOpen: boolean }>();
  for (const nodeName of ['worker-5', 'worker-6']) {
    street.tokens.set(nodeName, goodFacts(nodeName));
    const { problem } = await openSession(`Bearer ${nodeName}`, nodeAgentId(nodeName));
    const { token } = problem as unknown as { token: string };
    const entry = { token, ended: Promise.resolve(), isOpen: true };
    entry.ended = ask('GET', '/agent/v1/plan', `Bearer ${token}`).then(() => {
      entry.isOpen = false;
    });
    streams.set(nodeName, entry);
  }
  await endSessionsExcept(street.db, ['pod-on-worker-6', 'pod-on-worker-3']);
  const [gone, stays] = [streams.get('worker-5'), streams.get('worker-6')];
  assert.ok(gone && stays);
  await gone.ended;
  assert.equal((await ask('GET', '/agent/v1/plan', `Bearer ${gone.token}`)).status, 401);
  assert.equal(stays.isOpen, true);
  await endSessionsExcept(street.db, []);
  await stays.ended;
  const left = await street.db.query('select 1 from agent_session where pod_uid is not null');
  assert.equal(left.length, 0);
});

test('how long a session takes, with handshake and review', async (t) => {
  const seconds: number[] = [];
  for (let i = 0; i < 50; i++) {
    street.tokens.set(`timed-${i}`, goodFacts('worker-7'));
    const startMs = performance.now();
    assert.equal((await openSession(`Bearer timed-${i}`, nodeAgentId('worker-7'))).status, 200);
    seconds.push((performance.now() - startMs) / 1_000);
  }
  seconds.sort((a, b) => a - b);
  const ms = (at: number): string => ((seconds[at] ?? 0) * 1_000).toFixed(1);
  t.diagnostic(`TLS handshake and session: p50 ${ms(25)} ms, p95 ${ms(47)} ms, of 50`);
});
