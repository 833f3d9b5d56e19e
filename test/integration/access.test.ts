import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { after, before, test } from 'node:test';
import type {
  ApiTokenList,
  AuditPage,
  CreatedApiToken,
  ProblemDetails,
  UserList,
  WhoAmI,
} from '@streamswarm/contract';
import { type Operator, startOperator } from '@streamswarm/operator/operator';
import { type Database, openDatabase } from '@streamswarm/operator/store/database';
import { pino } from 'pino';
import { type HttpsAnswer, httpsClient, sessionIn } from '../support/https-client.ts';
import { startTestPostgres, type TestPostgres } from '../support/postgres.ts';

const PASSWORD = 'correct horse battery';
const logged: string[] = [];
const logger = pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) });
/** What must be found nowhere but where it was given. */
const secrets: string[] = [PASSWORD];

let postgres: TestPostgres;
let db: Database;
let operator: Operator;
let origin: string;
let ca: string;
let ask: ReturnType<typeof httpsClient>;
let link: string;
let admin: string;

before(async () => {
  postgres = await startTestPostgres();
  db = openDatabase({ url: postgres.url, logger });
  operator = await start();
  const [row] = await db.query<{ pem: string }>('select certificate_pem as pem from operator_ca');
  ca = row?.pem ?? '';
  origin = operator.console?.url ?? '';
  ask = httpsClient(origin, ca);
  link = new URL(operator.console?.adminLink ?? '').hash.replace('#setup=', '');
  secrets.push(link);
});
after(async () => {
  try {
    await operator.stop();
    await db.close();
  } finally {
    await postgres.stop();
  }
});

function start(): Promise<Operator> {
  const people = { host: '127.0.0.1', port: 0, names: [], certificate: null };
  const base = { databaseUrl: postgres.url, host: '127.0.0.1', port: 0, consoleDir: null, logLevel: 'debug' };
  return startOperator({ ...base, cluster: null, people }, logger);
}

function codeOf(answer: HttpsAnswer): string {
  return answer.json<ProblemDetails>().code;
}

function opened(answer: HttpsAnswer): string {
  assert.equal(answer.status, 200, answer.text);
  const session = sessionIn(answer);
  assert.ok(session !== null);
  secrets.push(session);
  return session;
}

function login(name: string, password: string, session?: string): Promise<HttpsAnswer> {
  const rest = session === undefined ? {} : { session };
  return ask('/api/v1/login', { method: 'POST', body: { name, password }, ...rest });
}

async function whoIs(session: string): Promise<WhoAmI> {
  return (await ask('/api/v1/login', { session })).json<WhoAmI>();
}

test('before there is a user nothing is shown, and a wrong link makes none', async () => {
  assert.equal((await ask('/api/v1/tests')).status, 401);
  assert.deepEqual((await ask('/api/v1/login')).json(), {
    kind: 'nobody',
    name: null,
    role: null,
    loginNeeded: true,
    setupPossible: true,
  });
  const wrong = await ask('/api/v1/login/setup', {
    method: 'POST',
    body: { token: 'x'.repeat(43), name: 'ann', password: PASSWORD },
  });
  assert.equal(wrong.status, 403);
  assert.equal(codeOf(wrong), 'setup-refused');
  const weak = await ask('/api/v1/login/setup', {
    method: 'POST',
    body: { token: link, name: 'annabelle', password: 'annabelle123' },
  });
  assert.equal(codeOf(weak), 'password-weak');
});

test('of many who use the link at once one becomes the admin, and the cookie is out of reach of others', async () => {
  const answers = await Promise.all(
    ['ann', 'bob', 'cyd'].map((name) =>
      ask('/api/v1/login/setup', { method: 'POST', body: { token: link, name, password: PASSWORD } }),
    ),
  );
  const good = answers.filter(({ status }) => status === 200);
  assert.equal(good.length, 1, answers.map(({ text }) => text).join('\n'));
  assert.deepEqual(answers.filter((answer) => answer !== good[0]).map(codeOf), [
    'setup-refused',
    'setup-refused',
  ]);
  const [first] = good;
  assert.ok(first !== undefined);
  admin = opened(first);
  const [cookie = ''] = first.headers['set-cookie'] ?? [];
  for (const flag of ['HttpOnly', 'Secure', 'SameSite=Strict', 'Path=/'])
    assert.ok(cookie.includes(flag), cookie);
  assert.ok(!/domain/i.test(cookie));
  assert.equal((await whoIs(admin)).role, 'admin');
  // All names of the test below start from one.
  const { items } = (await ask('/api/v1/users', { session: admin })).json<UserList>();
  assert.equal(items.length, 1);
});

test('a link from before there were users is worth nothing, and no new one is made', async () => {
  const second = await start();
  assert.equal(second.console?.adminLink, null);
  await second.stop();
  const again = await ask('/api/v1/login/setup', {
    method: 'POST',
    body: { token: link, name: 'eve', password: PASSWORD },
  });
  assert.equal(codeOf(again), 'setup-refused');
});

test('a login gives a new session each time, and the one from before it ends', async () => {
  await createUser('dana', 'viewer');
  const first = opened(await login('dana', PASSWORD));
  const second = opened(await login('DANA', PASSWORD, first));
  assert.notEqual(second, first);
  assert.equal((await whoIs(first)).kind, 'nobody');
  assert.deepEqual(await whoIs(second), {
    kind: 'user',
    name: 'dana',
    role: 'viewer',
    loginNeeded: true,
    setupPossible: false,
  });
  // An id that somebody planted is never taken over.
  const planted = 'planted-by-somebody-else';
  const third = opened(await login('dana', PASSWORD, planted));
  assert.notEqual(third, planted);
  assert.equal((await whoIs(planted)).kind, 'nobody');
  assert.equal((await ask('/api/v1/login', { method: 'DELETE', session: third })).status, 204);
  assert.equal((await whoIs(third)).kind, 'nobody');
});

test('log out everywhere ends all sessions of that user and no other', async () => {
  const sessions = [opened(await login('dana', PASSWORD)), opened(await login('dana', PASSWORD))];
  const [one = ''] = sessions;
  assert.equal((await ask('/api/v1/login/everywhere', { method: 'DELETE', session: one })).status, 204);
  for (const session of sessions) assert.equal((await ask('/api/v1/tests', { session })).status, 401);
  assert.equal((await ask('/api/v1/tests', { session: admin })).status, 200);
});

test('a session ends by its time and by not being used', async () => {
  const session = opened(await login('dana', PASSWORD));
  await db.query(
    `update access_session set expires_at = clock_timestamp() where user_id = (select id from access_user where name = 'dana')`,
  );
  assert.equal((await ask('/api/v1/tests', { session })).status, 401);
  const idle = opened(await login('dana', PASSWORD));
  await db.query(
    `update access_session set last_used_at = clock_timestamp() - interval '12 hours 1 s' where user_id = (select id from access_user where name = 'dana')`,
  );
  assert.equal((await ask('/api/v1/tests', { session: idle })).status, 401);
});

test('a viewer looks and changes nothing, and another role ends the session', async () => {
  const session = opened(await login('dana', PASSWORD));
  assert.equal((await ask('/api/v1/tests', { session })).status, 200);
  const refused = await ask('/api/v1/tests/default/none', { method: 'DELETE', session });
  assert.equal(codeOf(refused), 'role-too-small');
  assert.equal(codeOf(await ask('/api/v1/users', { session })), 'role-too-small');
  const dana = await userOf('dana');
  const changed = await ask(`/api/v1/users/${dana.id}`, {
    method: 'PATCH',
    session: admin,
    body: { role: 'editor' },
  });
  assert.equal(changed.status, 200, changed.text);
  assert.equal((await ask('/api/v1/tests', { session })).status, 401);
  const editor = opened(await login('dana', PASSWORD));
  assert.equal(
    codeOf(await ask('/api/v1/tests/default/none', { method: 'DELETE', session: editor })),
    'test-not-found',
  );
});

test('a new password needs the old one, and ends what was open by it', async () => {
  const other = opened(await login('dana', PASSWORD));
  const session = opened(await login('dana', PASSWORD));
  const change = (current: string, password: string) =>
    ask('/api/v1/login/password', { method: 'PUT', session, body: { current, password } });
  assert.equal((await change('wrong', 'another good password')).status, 400);
  secrets.push('another good password');
  const renewed = opened(await change(PASSWORD, 'another good password'));
  for (const former of [session, other]) assert.equal((await whoIs(former)).kind, 'nobody');
  assert.equal((await whoIs(renewed)).name, 'dana');
  assert.equal((await login('dana', PASSWORD)).status, 401);
});

test('the last admin can neither go nor become less', async () => {
  const [{ id } = { id: '' }] = (await users()).filter(({ role }) => role === 'admin');
  const less = await ask(`/api/v1/users/${id}`, {
    method: 'PATCH',
    session: admin,
    body: { role: 'viewer' },
  });
  assert.equal(codeOf(less), 'last-admin');
  assert.equal(codeOf(await ask(`/api/v1/users/${id}`, { method: 'DELETE', session: admin })), 'last-admin');
  assert.equal((await whoIs(admin)).role, 'admin');
});

test('a token opens the API for a script, the guide’s too, until it is deleted or over', async () => {
  const create = async (role: string) => {
    const body = { name: `${role} script`, role, days: 1 };
    const answer = await ask('/api/v1/api-tokens', { method: 'POST', session: admin, body });
    assert.equal(answer.status, 201, answer.text);
    const created = answer.json<CreatedApiToken>();
    secrets.push(created.token);
    return created;
  };
  const viewer = await create('viewer');
  const editor = await create('editor');
  const as = (token: string, path: string, method = 'GET') =>
    ask(path, { method, headers: { authorization: `Bearer ${token}` } });
  assert.equal((await as(viewer.token, '/api/dashboard/stats')).status, 200);
  assert.equal((await ask('/api/dashboard/stats')).status, 401);
  assert.equal(codeOf(await as(viewer.token, '/api/v1/tests/default/none', 'DELETE')), 'role-too-small');
  assert.equal(codeOf(await as(editor.token, '/api/v1/tests/default/none', 'DELETE')), 'test-not-found');
  assert.equal(codeOf(await as(editor.token, '/api/v1/api-tokens')), 'role-too-small');
  // A token has no session that could be logged out of.
  assert.equal(codeOf(await as(viewer.token, '/api/v1/login/everywhere', 'DELETE')), 'no-login-here');

  const list = (await ask('/api/v1/api-tokens', { session: admin })).json<ApiTokenList>();
  assert.deepEqual(
    list.items.map(({ name, state }) => [name, state]),
    [
      ['editor script', 'good'],
      ['viewer script', 'good'],
    ],
  );
  await ask(`/api/v1/api-tokens/${viewer.id}`, { method: 'DELETE', session: admin });
  assert.equal((await as(viewer.token, '/api/v1/tests')).status, 401);
  await db.query('update api_token set expires_at = clock_timestamp()');
  assert.equal((await as(editor.token, '/api/v1/tests')).status, 401);
});

test('an answer that runs on ends when the login does', async () => {
  await createUser('livia', 'viewer');
  const session = opened(await login('livia', PASSWORD));
  const cookie = `__Host-streamswarm=${session}`;
  const asked = request(new URL('/api/v1/live', origin), { ca, agent: false, headers: { cookie } });
  asked.end();
  const [live] = (await once(asked, 'response')) as [IncomingMessage];
  assert.equal(live.statusCode, 200);
  live.on('error', () => undefined).resume();
  const ended = new Promise((resolve) => live.once('close', resolve));
  await ask('/api/v1/login/everywhere', { method: 'DELETE', session });
  await ended;
});

test('guessing is slowed down, under a known name and an unknown one alike', async () => {
  for (const name of ['livia', 'nobody-of-this-name']) {
    const answers: HttpsAnswer[] = [];
    for (let i = 0; i < 6; i++) answers.push(await login(name, `wrong password ${i}`));
    assert.deepEqual(
      answers.map(({ status }) => status),
      [401, 401, 401, 401, 401, 429],
      name,
    );
    assert.equal(new Set(answers.slice(0, 5).map((answer) => answer.json<ProblemDetails>().detail)).size, 1);
    assert.ok(Number(answers[5]?.headers['retry-after']) > 0);
  }
  assert.equal((await login('livia', PASSWORD)).status, 429);
  // Who is logged in notices nothing of it.
  assert.equal((await ask('/api/v1/tests', { session: admin })).status, 200);
});

test('what was done stands in the audit, newest first and by pages', async () => {
  const page = async (query: string) =>
    (await ask(`/api/v1/audit?${query}`, { session: admin })).json<AuditPage>();
  const all = await page('limit=1000');
  assert.equal(all.next, null);
  const first = await page('limit=2');
  const second = await page(`limit=2&before=${first.next}`);
  assert.deepEqual([...first.items, ...second.items], all.items.slice(0, 4));
  const created = await page('action=user.create&object=dana');
  const [{ name } = { name: '' }] = (await users()).filter(({ role }) => role === 'admin');
  assert.deepEqual(
    created.items.map(({ actor, detail }) => [actor, detail]),
    [[name, 'viewer']],
  );
  const tokens = await page('action=api-token.create');
  assert.deepEqual(
    tokens.items.map(({ object }) => object),
    ['editor script', 'viewer script'],
  );
});

test('no secret is stored, logged or shown again', async () => {
  const tables = ['access_user', 'access_session', 'api_token', 'admin_link', 'audit', 'event'];
  const rows = await Promise.all(
    tables.map((table) => db.query<{ row: string }>(`select t::text as row from ${table} t`)),
  );
  const stored = rows
    .flat()
    .map(({ row }) => row)
    .join('\n');
  const shown = (
    await Promise.all(
      ['users', 'api-tokens', 'audit'].map((what) => ask(`/api/v1/${what}`, { session: admin })),
    )
  )
    .map(({ text }) => text)
    .join('\n');
  assert.ok(secrets.length > 10);
  for (const secret of secrets) {
    for (const [where, text] of [
      ['store', stored],
      ['log', logged.join('')],
      ['answers', shown],
    ] as const) {
      assert.ok(!text.includes(secret), `${where} holds a secret`);
    }
  }
});

async function users() {
  return (await ask('/api/v1/users', { session: admin })).json<UserList>().items;
}

async function userOf(name: string) {
  const user = (await users()).find((candidate) => candidate.name === name);
  assert.ok(user !== undefined);
  return user;
}

async function createUser(name: string, role: string): Promise<void> {
  const body = { name, role, password: PASSWORD };
  const answer = await ask('/api/v1/users', { method: 'POST', session: admin, body });
  assert.equal(answer.status, 201, answer.text);
}
