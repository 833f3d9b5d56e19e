import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as after } from 'node:timers/promises';
import { pino } from 'pino';
import { keepReadyFile } from './ready-file.ts';

const log = pino({ level: 'silent' });

async function until(is: () => boolean): Promise<void> {
  const endMs = performance.now() + 10_000;
  while (!is()) {
    assert.ok(performance.now() < endMs, 'never came');
    await after(2);
  }
}

function setUp(t: TestContext) {
  const dir = mkdtempSync(join(tmpdir(), 'ready-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  const path = join(dir, 'ready');
  const read = () => JSON.parse(readFileSync(path, 'utf8')) as { start: string; at: string };
  let nowMs = Date.parse('2026-12-01T12:00:00Z');
  return { dir, path, read, wallMs: () => nowMs++, common: { path, nonce: 'start-2', log, everyMs: 5 } };
}

test('the file is renewed while the agent is ready, and gone after its end', async (t) => {
  const { dir, path, read, wallMs, common } = setUp(t);
  const end = await keepReadyFile({ ...common, wallMs, isReady: async () => true });
  await until(() => existsSync(path));
  const first = read();
  assert.equal(first.start, 'start-2');
  await until(() => read().at > first.at);
  await end();
  assert.deepEqual(readdirSync(dir), []);
});

test('what an earlier start left goes at once; who is not ready, or cannot tell, writes none', async (t) => {
  const { path, wallMs, common } = setUp(t);
  writeFileSync(path, '{"start":"start-1"}');
  let asked = 0;
  const answers = [
    async () => false,
    () => Promise.reject(new Error('the worker has ended')),
    async () => true,
  ];
  const end = await keepReadyFile({
    ...common,
    wallMs,
    isReady() {
      if (asked < 3 && existsSync(path)) assert.fail('a file of nobody who is ready');
      return answers[asked++]?.() ?? new Promise<boolean>(() => undefined);
    },
  });
  await until(() => asked === 4);
  // The fourth question is never answered: the file of the third grows old, and the end does not wait for it.
  const at = readFileSync(path, 'utf8');
  assert.match(at, /start-2/);
  await end();
  assert.equal(existsSync(path), false);
});
