import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, type TestContext, test } from 'node:test';
import { type RunningAgent, startAgent } from '@streamswarm/agent/agent';
import { joinOperator } from '@streamswarm/agent/uplink/join-operator';
import { leaveOperator } from '@streamswarm/agent/uplink/leave-operator';
import { type Operator, startOperator } from '@streamswarm/operator/operator';
import { type Database, openDatabase } from '@streamswarm/operator/store/database';
import { issueLeaf } from '@streamswarm/operator/tls/issue-leaf';
import { makeCa } from '@streamswarm/operator/tls/make-ca';
import { pino } from 'pino';
import { startTestPostgres, type TestPostgres } from '../support/postgres.ts';
import { startRogueServer } from '../support/rogue-server.ts';
import { waitUntil } from '../support/wait-until.ts';

interface Created {
  readonly id: string;
  readonly token: string;
  readonly server: string;
  readonly caFingerprint: string;
  readonly command: string;
}

interface View {
  readonly id: string;
  readonly name: string;
  readonly online: boolean;
  readonly gone: boolean;
  readonly labels: Record<string, string>;
  readonly revokedAt: string | null;
}

const lines: string[] = [];
const logger = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });
let postgres: TestPostgres;
let operator: Operator;
let db: Database;

before(async () => {
  postgres = await startTestPostgres();
  operator = await startOperator(
    {
      databaseUrl: postgres.url,
      host: '127.0.0.1',
      port: 0,
      consoleDir: null,
      logLevel: 'debug',
      cluster: null,
      agents: { host: '127.0.0.1', port: 0, serverNames: [], required: true },
    },
    logger,
  );
  db = openDatabase({ url: postgres.url, logger });
});
after(async () => {
  await db.close();
  await operator.stop();
  await postgres.stop();
});

async function call(
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: unknown }> {
  const response = await fetch(new URL(path, operator.url), {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text) };
}

async function newToken(wish: Record<string, unknown> = {}): Promise<Created> {
  const { status, body } = await call('POST', '/api/v1/join-tokens', wish);
  assert.equal(status, 201, JSON.stringify(body));
  return body as Created;
}

function folder(t: TestContext): string {
  const dir = mkdtempSync(join(tmpdir(), 'joining-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

async function start(
  t: TestContext,
  created: Pick<Created, 'server' | 'token' | 'caFingerprint'>,
  stateDir: string,
): Promise<RunningAgent> {
  const { server, token, caFingerprint } = created;
  const agent = await startAgent({ server, stateDir, logger, join: { token, caFingerprint } });
  t.after(() => agent.stop());
  return agent;
}

async function view(name: string): Promise<View> {
  const { body } = await call('GET', `/api/v1/agents/${name}`);
  return body as View;
}

test('a host joins with the command, measures, and its labels are those of the token', async (t) => {
  const created = await newToken({ name: 'factory', labels: { site: 'hamburg' } });
  assert.match(
    created.command,
    /^streamswarm agent --server https:\/\/127\.0\.0\.1:\d+ --token [\w-]{43} --ca-fingerprint sha256:[0-9a-f]{64}$/,
  );
  const dir = folder(t);
  const agent = await start(t, created, dir);
  assert.equal(agent.name, 'factory');
  const online = await waitUntil('the agent', async () => {
    const now = await view('factory');
    return now.online && now;
  });
  assert.equal(online.labels['site'], 'hamburg');
  for (const file of readdirSync(dir).filter((name) => /host-key|joined\.json/.test(name))) {
    assert.equal(statSync(join(dir, file)).mode & 0o777, 0o600, file);
  }
  const { status, body } = await call('POST', '/api/v1/tests', {
    apiVersion: 'streamswarm.dev/v1alpha1',
    kind: 'StreamTest',
    metadata: { name: 'from-afar' },
    spec: {
      sources: { agents: { matchLabels: { site: 'hamburg' } } },
      destinations: [{ name: 'here', host: '127.0.0.1' }],
      probes: [{ tcp: { port: Number(new URL(operator.url).port) } }],
      interval: '1s',
    },
  });
  assert.equal(status, 201, JSON.stringify(body));
  await waitUntil('measured slots', async () => {
    const accounting = await call('GET', '/api/v1/accounting?test=from-afar');
    const total = JSON.stringify(accounting.body);
    return /"ok":[1-9]/.test(total);
  });
  const stored = await db.query('select * from join_token');
  assert.ok(!JSON.stringify(stored).includes(created.token), 'only the hash is stored');
  assert.ok(!lines.join('').includes(created.token), 'no log tells the token');

  await t.test('revoked, its session ends, it stops and says so, and it cannot come back', async () => {
    assert.equal((await call('POST', '/api/v1/agents/factory/revoke')).status, 204);
    await agent.revoked;
    assert.match(lines.join(''), /this agent was revoked and stops measuring: to join again/);
    const gone = await view('factory');
    assert.deepEqual([gone.online, gone.gone], [false, true]);
    assert.ok(gone.revokedAt !== null);
    assert.deepEqual(await db.query('select 1 from agent_session where agent_id = $1', [gone.id]), []);
    await waitUntil('no assignment', async () => {
      const open = await db.query(
        'select 1 from span where agent_id = $1 and coalesce(to_ms, 8000000000000000000) > $2',
        [gone.id, Date.now() + 1_000],
      );
      return open.length === 0;
    });
    await agent.stop();
    assert.ok(!readdirSync(dir).includes('plan.json'), 'it has no plan to go on by');
    const again = await start(t, created, dir);
    await again.revoked;
    // By another door: the loopback listener of the operator takes no identity that has joined.
    const posed = await call('POST', '/agent/v1/session', {
      agentId: gone.id,
      name: 'factory',
      version: '1',
      clockMs: 0,
      platform: { os: 'l', kernel: '', arch: '', cores: 1, memoryBytes: 1 },
      addresses: [],
      capabilities: [],
    });
    assert.equal(posed.status, 403);
  });
});

test('a token is good once, also for 100 at once, and not when it is guessed, over or revoked', async (t) => {
  const used = await newToken();
  await joinOperator({ ...used, stateDir: folder(t), name: 'first' });
  const over = await newToken({ expiresIn: '1s' });
  const revoked = await newToken();
  assert.equal((await call('DELETE', `/api/v1/join-tokens/${revoked.id}`)).status, 204);
  await waitUntil('the end of the token', async () => {
    const [row] = await db.query(
      'select 1 from join_token where id = $1 and expires_at < clock_timestamp()',
      [over.id],
    );
    return row;
  });
  const guessed = { ...used, token: 'x'.repeat(43) };
  for (const token of [used, over, revoked, guessed]) {
    await assert.rejects(joinOperator({ ...token, stateDir: folder(t), name: 'second' }), /join-refused/);
  }
  const wanted = await newToken();
  const attempts = await Promise.allSettled(
    Array.from({ length: 100 }, (_, n) => joinOperator({ ...wanted, stateDir: folder(t), name: `h${n}` })),
  );
  const joined = attempts.filter(({ status }) => status === 'fulfilled').length;
  const limited = attempts.filter(
    (attempt) => attempt.status === 'rejected' && String(attempt.reason).includes('too-many-joins'),
  ).length;
  t.diagnostic(`100 at once: ${joined} joined, ${limited} were told to wait`);
  assert.equal(joined, 1);
  assert.ok(limited > 50);
  const { body } = await call('GET', '/api/v1/join-tokens');
  const states = new Map(
    (body as { items: { id: string; state: string }[] }).items.map(({ id, state }) => [id, state]),
  );
  assert.deepEqual(
    [used, over, revoked, wanted].map(({ id }) => states.get(id)),
    ['used', 'expired', 'revoked', 'used'],
  );
});

test('a token that would live longer than an hour is refused', async () => {
  for (const expiresIn of ['61m', '2h', '0s', 'soon']) {
    assert.equal((await call('POST', '/api/v1/join-tokens', { expiresIn })).status, 400, expiresIn);
  }
});

test('a rogue server never gets the token: another CA, or the right CA shown behind a foreign certificate', async (t) => {
  const created = await newToken();
  const foreign = await makeCa(Date.now());
  const leaf = await issueLeaf(foreign, { dnsNames: [], ips: ['127.0.0.1'] }, Date.now());
  const [real] = await db.query<{ pem: string }>('select certificate_pem as pem from operator_ca');
  assert.ok(real);
  for (const shown of [foreign.certificatePem, real.pem]) {
    const rogue = await startRogueServer({ key: leaf.keyPem, cert: `${leaf.certificatePem}${shown}` });
    t.after(() => rogue.stop());
    await assert.rejects(
      joinOperator({ ...created, server: rogue.url, stateDir: folder(t), name: 'victim' }),
    );
    assert.ok(rogue.connections > 0);
    assert.deepEqual(rogue.requests, []);
    assert.equal(rogue.received(), '');
  }
  const plain = created.server.replace('https:', 'http:');
  await assert.rejects(
    joinOperator({ ...created, server: plain, stateDir: folder(t), name: 'victim' }),
    /https only/,
  );
});
test('of a copied state folder the later start goes on, and both are seen', async (t) => {
  const dir = folder(t);
  const created = await joinable(t, 'copied', dir);
  const first = await start(t, created, dir);
  await waitUntil('the first', async () => (await view('copied')).online);
  const copy = folder(t);
  cpSync(dir, copy, { recursive: true, filter: (path) => !path.endsWith('.sock') && !path.includes('lock') });
  const startedMs = performance.now();
  const second = await start(t, created, copy);
  assert.equal(second.agentId, first.agentId);
  const event = await waitUntil('an event', async () => {
    const [row] = await db.query<{ message: string }>(
      `select message from event where reason = 'IdentityShared' and agent = 'copied'`,
    );
    return row;
  });
  const seconds = (performance.now() - startedMs) / 1_000;
  t.diagnostic(`seen after ${seconds.toFixed(1)} s`);
  assert.match(event.message, /two agents have the identity of copied/);
});

test('who leaves is gone at once, and its key with it', async (t) => {
  const dir = folder(t);
  const created = await joinable(t, 'leaver', dir);
  const agent = await start(t, created, dir);
  await waitUntil('the agent', async () => (await view('leaver')).online);
  await agent.stop();
  const left = await leaveOperator({ stateDir: dir, wallMs: Date.now });
  assert.deepEqual(left, { kind: 'left', name: 'leaver', server: `${created.server}/` });
  assert.equal((await view('leaver')).gone, true);
  assert.deepEqual(
    readdirSync(dir).filter((name) => /key|joined|ca-/.test(name)),
    [],
  );
  assert.deepEqual(await leaveOperator({ stateDir: dir, wallMs: Date.now }), { kind: 'never joined' });
});

/** A token that was joined by already, past the limit of attempts that another test has used up. */
async function joinable(t: TestContext, name: string, dir: string): Promise<Created> {
  const created = await newToken({ name });
  await waitUntil(
    'the limit to let one in',
    () => joinOperator({ ...created, stateDir: dir, name }).then(() => true),
    { timeoutMs: 90_000, everyMs: 1_000 },
  );
  assert.ok(readFileSync(join(dir, 'joined.json'), 'utf8').includes(name));
  t.diagnostic(`${name} has joined`);
  return created;
}
