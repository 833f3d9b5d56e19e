import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import pg from 'pg';
import { processesOf, recordedPostmaster } from '../../cli/src/up/postgres/data-processes.ts';
import { startDatabase } from '../../cli/src/up/services/database.ts';
import { type Kept, keepAlive } from '../../cli/src/up/supervise/keep-alive.ts';
import { waitUntil } from '../support/wait-until.ts';

const now = (): number => performance.now();

/** A state folder below one that only its owner may enter, as mkdtemp makes it. */
function stateFolder(t: TestContext, name: string) {
  const parent = mkdtempSync(join(tmpdir(), 'streamswarm-'));
  const stateDir = join(parent, name);
  mkdirSync(stateDir);
  const started: { stop(): Promise<void> }[] = [];
  t.after(async () => {
    for (const one of started) await one.stop();
    rmSync(parent, { recursive: true, force: true });
  });
  const start = async (watched = true) => {
    const one = await startIn(stateDir, watched);
    started.push(one);
    return one;
  };
  return { stateDir, dataDir: join(stateDir, 'postgres', 'data'), start };
}

/** Starts the database, and keeps it running unless nobody is to watch over it. */
async function startIn(stateDir: string, watched: boolean) {
  const kept: Kept[] = [];
  const stopping = new AbortController();
  const said: string[] = [];
  const { url } = await startDatabase(
    { kind: 'embedded', note: null },
    {
      stateDir,
      logs: join(stateDir, 'logs'),
      say: (line) => said.push(line),
      now,
      async run(_doing, _done, make) {
        const service = await make();
        if (watched)
          kept.push(await keepAlive(service, stopping.signal, { say: (line) => said.push(line), now }));
        else await service.start(stopping.signal);
      },
    },
  );
  return {
    url,
    said,
    async stop() {
      stopping.abort();
      for (const one of kept) await one.stop(new AbortController().signal);
    },
  };
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query({ text, rowMode: 'array' })).rows.flat();
  } finally {
    await client.end();
  }
}

test('keeps its data over kills and starts, and commits what it said it had', async (t) => {
  const { dataDir, start } = stateFolder(t, 'with a space');
  const first = await start();
  assert.deepEqual(
    await query(
      first.url,
      `select current_setting('fsync'), current_setting('synchronous_commit'), current_setting('server_encoding')`,
    ),
    ['on', 'on', 'UTF8'],
  );
  await query(first.url, 'create table kept as select generate_series(1, 1000)');

  const victim = recordedPostmaster(dataDir);
  assert.ok(victim !== null);
  process.kill(victim, 'SIGKILL');
  await waitUntil('it is back by itself', async () => {
    const [count] = await query(first.url, 'select count(*)::int from kept');
    return recordedPostmaster(dataDir) !== victim && count === 1_000;
  });
  await first.stop();
  assert.deepEqual(processesOf(dataDir), []);

  const second = await start();
  assert.equal(second.url, first.url);
  assert.deepEqual(await query(second.url, 'select count(*)::int from kept'), [1_000]);
  await second.stop();
});

test('a server that an earlier start left behind makes room for the next one', async (t) => {
  const { dataDir, start } = stateFolder(t, 'state');
  const lost = await start(false);
  await query(lost.url, 'create table kept as select 7 as n');
  const left = recordedPostmaster(dataDir);
  const next = await start();
  assert.notEqual(recordedPostmaster(dataDir), left);
  assert.deepEqual(await query(next.url, 'select n from kept'), [7]);
  await next.stop();
});

test('a state folder whose path is too long for a socket gets a port of this machine', async (t) => {
  const { start } = stateFolder(t, 'a-rather-long-name-'.repeat(5));
  const long = await start();
  const url = new URL(long.url);
  assert.equal(url.hostname, '127.0.0.1');
  assert.deepEqual(await query(long.url, 'select 1'), [1]);
  url.password = 'guessed';
  await assert.rejects(query(url.href, 'select 1'), /password authentication failed/);
});

test('the password is for its owner alone and stands in no log', async (t) => {
  const { stateDir, start } = stateFolder(t, 'state');
  const started = await start();
  const file = join(stateDir, 'postgres', 'password');
  assert.equal(statSync(file).mode & 0o777, 0o600);
  const password = decodeURIComponent(new URL(started.url).password);
  assert.ok(password.length >= 32);
  assert.ok(!started.said.join('\n').includes(password));
});
