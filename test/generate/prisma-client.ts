import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isInstalled } from '../../cli/bootstrap/install.mjs';
import { npmCommand } from '../../cli/bootstrap/npm.mjs';

/**
 * Prisma's command is a package of its own: what it brings is for this alone, and its install script refuses some
 * versions of Node that `npm start` takes.
 */
const COMMAND = fileURLToPath(new URL('./prisma/', import.meta.url));
/** It would fetch an engine for migrations, which nobody needs here, unless it is told of one. */
const OFFLINE = { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1' };

/** The files that Prisma makes of a schema, by their path below the schema's folder; installs its command first. */
export function prismaClient(schema: string): Map<string, string> {
  if (!isInstalled(COMMAND)) {
    console.log("installing Prisma's command");
    const { file, args } = npmCommand(process.env, process.platform);
    run(file, [...args, 'ci', '--ignore-scripts', '--no-audit', '--no-fund'], COMMAND);
  }
  const folder = mkdtempSync(join(tmpdir(), 'streamswarm-prisma-'));
  try {
    copyFileSync(schema, join(folder, 'schema.prisma'));
    const command = join(COMMAND, 'node_modules/prisma/build/index.js');
    run(process.execPath, [command, 'generate', '--schema', 'schema.prisma'], folder);
    return new Map(
      filesBelow(folder, 'generated').map((path) => [path, readFileSync(join(folder, path), 'utf8')]),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Paths of all files in a folder below `root`, with slashes. */
export function filesBelow(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesBelow(root, `${folder}/${entry.name}`) : [`${folder}/${entry.name}`],
  );
}

function run(file: string, args: readonly string[], cwd: string): void {
  const env = { ...process.env, ...OFFLINE };
  const { status, stdout, stderr, error } = spawnSync(file, args, { cwd, env, encoding: 'utf8' });
  if (status !== 0)
    throw new Error(`${[file, ...args].join(' ')} failed:\n${stdout}${stderr}`, { cause: error });
}
