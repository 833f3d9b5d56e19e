// What the store promises of its cold part, wherever Prisma would promise less.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Database, openDatabase } from '@streamswarm/operator/store/database';
import { migrate } from '@streamswarm/operator/store/migrate';
import { keepAdminLink, useAdminLink } from '@streamswarm/operator/store/queries/access/admin-link';
import {
  apiTokens,
  deleteApiToken,
  keepApiToken,
} from '@streamswarm/operator/store/queries/access/api-tokens';
import { auditEntries, recordAudit } from '@streamswarm/operator/store/queries/access/audit';
import { openAccessSession } from '@streamswarm/operator/store/queries/access/sessions';
import { changeUser, credentialsOf, keepUser, users } from '@streamswarm/operator/store/queries/access/users';
import { useAssertion } from '@streamswarm/operator/store/queries/joining/host-identities';
import { joinByToken, keepJoinToken } from '@streamswarm/operator/store/queries/joining/join-tokens';
import { isDatabaseUnavailable } from '@streamswarm/operator/store/unavailable';
import { pino } from 'pino';
import { startTestPostgres, type TestPostgres } from '../support/postgres.ts';
import { waitUntil } from '../support/wait-until.ts';

const DAY_MS = 86_400_000;
const logger = pino({ level: 'silent' });
const hash = (text: string) => Buffer.from(text.padEnd(32));
let postgres: TestPostgres;
let db: Database;

before(async () => {
  postgres = await startTestPostgres({ durable: true });
  const setUp = openDatabase({ url: postgres.url, logger });
  await migrate(setUp, logger);
  // Prisma's adapter takes every time for one of UTC, whatever the zone of the server is.
  await setUp.query(`alter database postgres set timezone = 'Asia/Kolkata'`);
  await setUp.close();
  db = openDatabase({ url: postgres.url, logger });
});
after(async () => {
  await db.close();
  await postgres.stop();
});

async function user(name: string, role: 'viewer' | 'admin'): Promise<string> {
  const id = await keepUser(db, { name, role, passwordHash: `hash of ${name}`, createdBy: 'test' });
  assert.ok(id !== null, name);
  return id;
}

test('times are the same by Prisma and by SQL, in a server of another zone', async () => {
  const { id, expiresAt } = await keepApiToken(db, {
    ...{ name: 'script', role: 'viewer', tokenHash: hash('script'), createdBy: 'ann', livesDays: 1 },
  });
  const [row] = await db.query<{ created: Date; expires: Date; lives: number }>(
    `select created_at as created, expires_at as expires,
       extract(epoch from expires_at - clock_timestamp())::float8 * 1000 as lives from api_token where id = $1`,
    [id],
  );
  assert.ok(row !== undefined);
  assert.deepEqual(row.expires, expiresAt);
  assert.ok(Math.abs(row.lives - DAY_MS) < 60_000, `${row.lives} ms`);
  const [listed] = await apiTokens(db);
  assert.deepEqual([listed?.createdAt, listed?.state, listed?.lastUsedAt], [row.created, 'good', null]);
  assert.deepEqual(
    await Promise.all([deleteApiToken(db, id), deleteApiToken(db, id)]).then((names) => names.sort()),
    [null, 'script'],
  );
});

test('operators that start at once leave one admin link, and of many who use it one comes in', async () => {
  const tokens = Array.from({ length: 8 }, (_, n) => hash(`link ${n}`));
  await Promise.all(tokens.map((token) => keepAdminLink(db, token, 60)));
  const used = await Promise.all(
    [...tokens, ...tokens].map((token, n) => useAdminLink(db, token, { name: `a${n}`, passwordHash: 'x' })),
  );
  assert.equal(used.filter((id) => id !== null).length, 1);
  assert.equal((await users(db)).length, 1);
  await db.query('delete from access_user');
});

test('a name is found however it is written, and a pattern finds nobody', async () => {
  const id = await user('Ann_Lee', 'admin');
  assert.equal(
    await keepUser(db, { name: 'ann_lee', role: 'viewer', passwordHash: 'x', createdBy: 't' }),
    null,
  );
  assert.equal((await credentialsOf(db, 'ANN_LEE'))?.id, id);
  for (const name of ['Ann%', '_______', '%', 'AnnxLee'])
    assert.equal(await credentialsOf(db, name), null, name);
});

test('two admins who take each other’s role at once do not both succeed', async () => {
  const [ann] = await users(db);
  const bob = await user('bob', 'admin');
  await openAccessSession(db, { idHash: hash('bob'), userId: bob, livesSeconds: 60 }, null);
  const viewer = { role: 'viewer', passwordHash: null } as const;
  const kinds = (await Promise.all([changeUser(db, ann?.id ?? '', viewer), changeUser(db, bob, viewer)])).map(
    ({ kind }) => kind,
  );
  assert.deepEqual(kinds.sort(), ['changed', 'last-admin']);
  assert.equal((await users(db)).filter(({ role }) => role === 'admin').length, 1);
});

test('a join token is good for one key of 100 at once, and a proof once', async () => {
  const tokenHash = hash('join');
  await keepJoinToken(db, {
    tokenHash,
    name: null,
    labels: { site: 'x' },
    createdBy: 'ann',
    livesMs: 60_000,
  });
  const joined = await Promise.all(
    Array.from({ length: 100 }, (_, n) =>
      joinByToken(db, { tokenHash, publicKey: `key ${n}`, agentId: `agent ${n}`, hostName: `host ${n}` }),
    ),
  );
  const [winner, ...others] = joined.filter((host) => host !== null);
  assert.deepEqual([winner?.isNew, others], [true, []]);
  const n = winner?.agentId.replace('agent ', '') ?? '';
  const again = { tokenHash, publicKey: `key ${n}`, agentId: 'another', hostName: 'another' };
  assert.deepEqual(await joinByToken(db, again), { ...winner, isNew: false });
  const proof = { agentId: 'agent', jti: 'once', expiresMs: Date.now() + 60_000 };
  const seen = await Promise.all(Array.from({ length: 20 }, () => useAssertion(db, proof)));
  assert.equal(seen.filter(Boolean).length, 1);
});

test('without Postgres every way into Prisma says that it is away, and afterwards all is well', async () => {
  const ways: Readonly<Record<string, () => Promise<unknown>>> = {
    read: () => auditEntries(db, { limit: 1 }),
    write: () => recordAudit(db, { actor: 'ann', action: 'test', object: 'x' }),
    raw: () => credentialsOf(db, 'ann'),
    transaction: () => changeUser(db, '00000000-0000-4000-8000-000000000000', null),
    client: async () => (await db.prisma()).audit.count(),
    'client in a transaction': async () => (await db.prisma()).$transaction((tx) => tx.audit.count()),
    'client, several at once': async () => {
      const prisma = await db.prisma();
      return await prisma.$transaction([prisma.audit.count(), prisma.accessUser.count()]);
    },
  };
  const prisma = await db.prisma();
  const asleep = [
    prisma.$queryRaw`select pg_sleep(30)::text`,
    prisma.$transaction((tx) => tx.$queryRaw`select pg_sleep(30)::text`, { timeout: 60_000 }),
  ].map((sleep) => sleep.then(() => null).catch((error: unknown) => error));
  await waitUntil('both to sleep', async () => {
    const [row] = await db.query<{ n: number }>(
      `select count(*)::int4 as n from pg_stat_activity where query like 'select pg_sleep%'`,
    );
    return row?.n === 2;
  });
  await postgres.kill();
  for (const error of await Promise.all(asleep)) assert.ok(isDatabaseUnavailable(error), String(error));
  for (const [way, ask] of Object.entries(ways)) {
    await assert.rejects(ask, (error) => isDatabaseUnavailable(error), way);
  }
  await postgres.start();
  for (const [way, ask] of Object.entries(ways)) await assert.doesNotReject(ask, way);
});

test('a connection that is ended within a transaction is told, and leaves none that is not usable', async () => {
  const prisma = await db.prisma();
  const end = () =>
    db.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where state = 'idle in transaction' and pid <> pg_backend_pid()`,
    );
  const writeAndLose = async (tx: Pick<typeof prisma, 'audit'>) => {
    await tx.audit.create({ data: { actor: 'ann', action: 'never', object: 'x' } });
    await end();
  };
  const atCommit = prisma.$transaction((tx) => writeAndLose(tx));
  await assert.rejects(atCommit, (error) => isDatabaseUnavailable(error));
  const before = prisma.$transaction(async (tx) => {
    await writeAndLose(tx);
    return await tx.audit.count();
  });
  await assert.rejects(before, (error) => isDatabaseUnavailable(error));
  assert.deepEqual(await auditEntries(db, { limit: 10, action: 'never' }), []);
});

test('who gets no connection in time hears that Postgres is away, and no transaction stays open', async (t) => {
  const narrow = openDatabase({ url: postgres.url, logger, maxConnections: 1 });
  t.after(() => narrow.close());
  const prisma = await narrow.prisma();
  await narrow.transaction(async () => {
    const waiting = prisma.$transaction((tx) => tx.audit.count(), { maxWait: 50 });
    await assert.rejects(waiting, (error) => isDatabaseUnavailable(error));
  });
  const late = prisma.$transaction(
    async (tx) => {
      await tx.audit.create({ data: { actor: 'ann', action: 'too late', object: 'x' } });
      return await tx.$queryRaw`select pg_sleep(0.2)::text`;
    },
    { timeout: 50 },
  );
  await assert.rejects(late, (error) => isDatabaseUnavailable(error));
  assert.deepEqual(await narrow.query('select 1 where pg_current_xact_id_if_assigned() is not null'), []);
  await narrow.query(`insert into audit (actor, action, object) values ('ann', 'kept', 'x')`);
  const actions = (await auditEntries(db, { limit: 2 })).map(({ action }) => action);
  assert.ok(actions.includes('kept') && !actions.includes('too late'), actions.join(', '));
});
