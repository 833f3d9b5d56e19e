import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { watchParent } from './parent-watch.mjs';

const HAND_OVER = fileURLToPath(new URL('hand-over.mjs', import.meta.url));

/** Runs a program in the place of another one that was handed over to, and answers how that one ended. */
function handedOver(
  /** @type {string} */ program,
  /** @type {(child: import('node:child_process').ChildProcess) => void} */ meanwhile,
) {
  const script = `
    import { handOver } from ${JSON.stringify(HAND_OVER)};
    process.exitCode = await handOver(process.execPath, ['-e', ${JSON.stringify(program)}], {
      cwd: process.cwd(), env: process.env, ipc: true,
    });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout.once('data', () => meanwhile(child));
  return new Promise((resolve) => child.once('close', (code, signal) => resolve({ code, signal })));
}

test('passes signals on and answers with the exit code of the program', async () => {
  const program = `process.on('SIGTERM', () => process.exit(7)); console.log('up'); setInterval(() => {}, 1e6)`;
  assert.deepEqual(await handedOver(program, (child) => child.kill('SIGTERM')), { code: 7, signal: null });
});

test('a program ended by a signal answers as a shell would', async () => {
  const program = `console.log('up'); process.kill(process.pid, 'SIGKILL')`;
  assert.deepEqual(await handedOver(program, () => undefined), { code: 137, signal: null });
});

test('the program hears when we are killed', async () => {
  const program = `process.on('disconnect', () => process.exit()); console.log('up'); setInterval(() => {}, 1e6)`;
  // The pipe to the test closes only once the program itself has gone too.
  assert.deepEqual(await handedOver(program, (child) => child.kill('SIGKILL')), {
    code: null,
    signal: 'SIGKILL',
  });
});

test("under npm the end of the parent is noticed once, elsewhere it is nobody's business", (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  let parent = 10;
  let told = 0;
  const watch = (/** @type {object} */ env) =>
    watchParent(
      env,
      () => parent,
      () => {
        told += 1;
      },
    );
  watch({});
  watch({ npm_lifecycle_event: 'start' });
  t.mock.timers.tick(1_000);
  assert.equal(told, 0);
  parent = 1;
  t.mock.timers.tick(2_000);
  assert.equal(told, 1);
});
