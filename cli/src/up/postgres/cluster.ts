import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { dataFolderArgument } from './data-folder.ts';
import type { Owner } from './owner.ts';

export const POSTGRES_USER = 'streamswarm';

export interface ClusterPlace {
  /** Folder of everything about Postgres; the data lie in `data` below it. */
  readonly home: string;
  readonly native: string;
  readonly owner: Owner | null;
}

export interface Cluster {
  readonly dataDir: string;
  readonly password: string;
  readonly created: boolean;
}

/** The data of our Postgres, made on the first start. An interrupted first start leaves nothing that counts. */
export async function ensureCluster({ home, native, owner }: ClusterPlace): Promise<Cluster> {
  const dataDir = join(home, 'data');
  const passwordFile = join(home, 'password');
  if (existsSync(join(dataDir, 'PG_VERSION'))) {
    refuseOtherMajor(dataDir, native);
    return { dataDir, password: readPassword(passwordFile, home), created: false };
  }
  mkdirSync(home, { recursive: true, mode: 0o700 });
  if (owner !== null) chownSync(home, owner.uid, owner.gid);
  const password = randomBytes(24).toString('base64url');
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  chmodSync(passwordFile, 0o600);
  const growing = join(home, 'data.new');
  rmSync(growing, { recursive: true, force: true });
  mkdirSync(growing, { mode: 0o700 });
  // initdb runs as the owner, so for a moment the password is in a file of its own.
  const once = join(home, 'password.once');
  rmSync(once, { force: true });
  writeFileSync(once, password, { mode: 0o600 });
  try {
    if (owner !== null) for (const path of [growing, once]) chownSync(path, owner.uid, owner.gid);
    await initdb({ native, owner, folder: growing });
  } finally {
    rmSync(once, { force: true });
  }
  renameSync(growing, dataDir);
  return { dataDir, password, created: true };
}

async function initdb({ native, owner, folder }: { native: string; owner: Owner | null; folder: string }) {
  const args = [
    '-D',
    dataFolderArgument(folder, process.platform),
    '-U',
    POSTGRES_USER,
    '--pwfile=../password.once',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--no-instructions',
  ];
  const options = { cwd: folder, ...(owner ?? {}), env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' } };
  const run = promisify(execFile);
  const program = join(native, 'bin', 'initdb');
  try {
    // C.UTF-8 sorts by code point like C and knows letters beyond ASCII; older systems lack it.
    await run(program, [...args, '--locale=C.UTF-8'], options).catch(() =>
      run(program, [...args, '--locale=C'], options),
    );
  } catch (cause) {
    const said = (cause as { stderr?: string }).stderr?.trim() || String(cause);
    throw new Error(`Postgres could not lay out its data in ${folder}: ${said}`, { cause });
  }
}

function refuseOtherMajor(dataDir: string, native: string): void {
  const wrote = readFileSync(join(dataDir, 'PG_VERSION'), 'utf8').trim();
  const control = readFileSync(join(native, 'share', 'postgresql', 'postgres.bki'), 'utf8').slice(0, 40);
  const have = /PostgreSQL ([0-9]+)/.exec(control)?.[1];
  if (have === undefined || have === wrote) return;
  throw new Error(
    `the data in ${dataDir} were written by Postgres ${wrote}, and this version brings Postgres ${have}. ` +
      'Dump them with the version that wrote them, or choose another --state-dir.',
  );
}

function readPassword(file: string, home: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (cause) {
    throw new Error(
      `the password of the embedded Postgres is missing (${file}): put it back, or move ${home} away to begin anew.`,
      { cause },
    );
  }
}
