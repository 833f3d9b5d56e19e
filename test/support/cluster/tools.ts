import { existsSync, mkdirSync, renameSync, rmSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { narrate } from './narrate.ts';
import { runProgram } from './run-program.ts';
import { withBuildLock } from './tools/build-lock.ts';
import { toolFile } from './tools/cache-entry.ts';
import { recipeOf, type ToolName, type ToolRecipe } from './tools/catalogue.ts';

export { TOOL_NAMES, type ToolName } from './tools/catalogue.ts';

/** Paths of these binaries; what the cache does not hold is built from Go modules first, one after another. */
export async function ensureTools<Name extends ToolName>(
  names: readonly Name[],
): Promise<Readonly<Record<Name, string>>> {
  const paths: [Name, string][] = [];
  for (const name of names) paths.push([name, await ensureTool(name)]);
  // Every name has its path: fromEntries cannot say so.
  return Object.fromEntries(paths) as Record<Name, string>;
}

async function ensureTool(name: ToolName): Promise<string> {
  const recipe = recipeOf(name);
  const file = toolFile(name, recipe);
  if (!existsSync(file)) {
    mkdirSync(dirname(dirname(file)), { recursive: true });
    await narrate(`building ${name} from its Go module (once, for the cache)`, () =>
      withBuildLock(`${dirname(file)}.lock`, async () => {
        if (!existsSync(file)) await build(name, recipe, file);
      }),
    );
  }
  // What is used stays young, so that people can delete by age.
  utimesSync(dirname(file), new Date(), new Date());
  return file;
}

async function build(name: ToolName, recipe: ToolRecipe, file: string): Promise<void> {
  const growing = `${dirname(file)}.growing-${process.pid}`;
  rmSync(growing, { recursive: true, force: true });
  mkdirSync(growing, { recursive: true });
  try {
    const { goPackage, moduleFolder, version, linkerFlags } = recipe;
    const flags = ['-buildvcs=false', '-ldflags', linkerFlags];
    const result = await runGo(
      moduleFolder === null
        ? ['install', ...flags, `${goPackage}@${version}`]
        : ['build', ...flags, '-o', join(growing, name), goPackage],
      { name, cwd: moduleFolder ?? growing, gobin: growing },
    );
    if (result.code !== 0) {
      const said = result.stderr.trim().split('\n').slice(-15).join('\n');
      throw new Error(`Go could not build ${name} (code ${result.code}):\n${said}`);
    }
    rmSync(dirname(file), { recursive: true, force: true });
    // A reader sees the whole binary or none.
    renameSync(growing, dirname(file));
  } finally {
    rmSync(growing, { recursive: true, force: true });
  }
}

function runGo(
  words: readonly string[],
  { name, cwd, gobin }: { name: string; cwd: string; gobin: string },
): ReturnType<typeof runProgram> {
  // With cgo a binary would want the C library of the machine that built it.
  const env = { ...process.env, CGO_ENABLED: '0', GOBIN: gobin };
  return runProgram('go', words, { cwd, env }).catch((cause: unknown) => {
    throw new Error(
      `${name} has to be built once and "go" cannot be started: install Go 1.24 or newer (https://go.dev/dl/), put it on PATH, and run this again`,
      { cause },
    );
  });
}
