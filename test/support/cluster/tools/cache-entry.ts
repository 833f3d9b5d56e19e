import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import type { ToolName, ToolRecipe } from './catalogue.ts';

/** Where everything that the lab builds is kept, by the hash of what it is built of. */
export function labCacheFolder(kind: 'cluster-tools' | 'cluster-images'): string {
  const { XDG_CACHE_HOME, HOME } = process.env;
  return join(XDG_CACHE_HOME || join(HOME || homedir(), '.cache'), 'streamswarm', kind);
}

/** The file of one binary: a change of one recipe leaves the others where they are. */
export function toolFile(tool: ToolName, recipe: ToolRecipe): string {
  const hash = createHash('sha256');
  const { goPackage, moduleFolder, version, linkerFlags } = recipe;
  hash.update(JSON.stringify({ goPackage, version, linkerFlags, on: `${process.platform}-${process.arch}` }));
  for (const file of moduleFolder === null ? [] : filesOf(moduleFolder)) {
    hash.update(`\0${basename(file)}\0`).update(readFileSync(file));
  }
  return join(labCacheFolder('cluster-tools'), `${tool}-${hash.digest('hex').slice(0, 24)}`, tool);
}

/** go.mod, go.sum and, where the module is ours, its source; folders below are modules of their own. */
function filesOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(folder, entry.name))
    .sort();
}
