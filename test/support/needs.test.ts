import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

const PROGRAM = `
  import { test } from 'node:test';
  import { needs } from ${JSON.stringify(new URL('needs.ts', import.meta.url).href)};
  test('a path with loss', (t) => { if (!needs(t, false, 'a laboratory')) return; });
`;

function run(env: Record<string, string>) {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--input-type=module-typescript', '--test-reporter=tap', '-e', PROGRAM],
    { encoding: 'utf8', env: { PATH: '/usr/bin:/bin', ...env } },
  );
  return { stdout, stderr, status };
}

test('skips loudly, and leaves a note for the end of the whole run', (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'streamswarm-needs-'));
  t.after(() => rmSync(dir, { recursive: true }));
  const { stdout, stderr, status } = run({ STREAMSWARM_SKIPS: join(dir, 'skips') });
  assert.equal(status, 0);
  assert.match(stdout, /# SKIP needs a laboratory/);
  assert.match(stderr, /\*\*\* SKIPPED "a path with loss": it needs a laboratory \*\*\*/);
  assert.equal(readFileSync(join(dir, 'skips'), 'utf8'), '"a path with loss": it needs a laboratory\n');
});

test('fails where nothing may be skipped', () => {
  const { stdout, status } = run({ CI: 'true' });
  assert.equal(status, 1);
  assert.match(stdout, /nothing is skipped in CI/);
});
