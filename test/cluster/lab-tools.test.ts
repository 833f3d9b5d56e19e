import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { needsControlPlane } from '../support/cluster/lab-needs.ts';
import { type ProgramResult, runProgram } from '../support/cluster/run-program.ts';
import { toolFile } from '../support/cluster/tools/cache-entry.ts';
import { recipeOf } from '../support/cluster/tools/catalogue.ts';

const TOOLS = new URL('../support/cluster/tools.ts', import.meta.url).pathname;
/** The smallest of them: its build is a matter of seconds. */
const SCRIPT = `import { ensureTools } from ${JSON.stringify(TOOLS)}; console.log((await ensureTools(['pause'])).pause)`;
let cache: string;
/** Go's own cache lies below the same folder, and without it Go would build its library anew. */
let goCache: string;

before(async () => {
  cache = mkdtempSync(join(tmpdir(), 'swtools-'));
  goCache = await runProgram('go', ['env', 'GOCACHE']).then(
    ({ stdout }) => stdout.trim(),
    () => join(cache, 'go'),
  );
});

after(() => {
  rmSync(cache, { recursive: true, force: true });
});

function ensurePause(env: Readonly<Record<string, string>> = {}): Promise<ProgramResult> {
  const words = ['--input-type=module', '--eval', SCRIPT];
  return runProgram(process.execPath, words, {
    env: { ...process.env, XDG_CACHE_HOME: cache, GOCACHE: goCache, ...env },
  });
}

test('without Go it says what to install', async (t) => {
  if (!needsControlPlane(t)) return;
  const { code, stderr } = await ensurePause({ PATH: '/nonexistent' });
  assert.notEqual(code, 0);
  assert.match(stderr, /pause has to be built once.*install Go 1\.24 or newer/);
});

test('two processes that need the same binary build it once, and a lock of the dead holds nobody up', async (t) => {
  if (!needsControlPlane(t)) return;
  const entry = toolFile('pause', recipeOf('pause')).split('/').at(-2) ?? '';
  const folder = join(cache, 'streamswarm', 'cluster-tools');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${entry}.lock`), JSON.stringify({ pid: 1, startTicks: 'long ago' }));
  const [one, two] = await Promise.all([ensurePause(), ensurePause()]);
  assert.equal(one.code, 0, one.stderr);
  assert.equal(two.code, 0, two.stderr);
  assert.equal(one.stdout, two.stdout);
  assert(existsSync(one.stdout.trim()));
  assert.deepEqual(readdirSync(folder), [entry]);
});

test('binaries of different modules have entries of their own', () => {
  const files = (['etcd', 'helm', 'kubelet', 'kubectl', 'pause'] as const).map((name) =>
    toolFile(name, recipeOf(name)),
  );
  assert.equal(new Set(files).size, files.length);
  assert.notEqual(
    toolFile('kubectl', recipeOf('kubectl')),
    toolFile('kubectl', { ...recipeOf('kubectl'), linkerFlags: '-s' }),
  );
});
