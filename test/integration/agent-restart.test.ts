import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { startStreet } from '../support/street.ts';
import { loopbackTest } from '../support/street-manifest.ts';
import { waitUntil } from '../support/wait-until.ts';

const ROUNDS = 3;
const AGENT = new URL('../../agent/src/bin/streamswarm-agent.ts', import.meta.url).pathname;

test('a rolling update leaves a gap that the books mark, and nothing else', {
  timeout: 300_000,
}, async (t) => {
  const street = await startStreet();
  t.after(() => street.stop());
  await street.apply(loopbackTest('rolling'));
  const ok = async (): Promise<number> => (await street.books('?test=rolling')).ok;
  await waitUntil('first results', async () => (await ok()) > 10);
  for (let round = 0; round < ROUNDS; round++) {
    const startMs = performance.now();
    await street.agent.signal('SIGTERM');
    const tookMs = performance.now() - startMs;
    t.diagnostic(`SIGTERM to exit: ${tookMs.toFixed(0)} ms`);
    assert.ok(tookMs < 10_000, 'whoever rolls an update waits for this');
    assert.deepEqual(batches(street.spoolDir), [], 'what was measured is delivered');
    const before = await ok();
    // A slot may begin an interval late: only what is due in the first of these seconds is surely missed.
    await delay(2_500);
    street.agent.start();
    await waitUntil('results of the next start', async () => (await ok()) > before + 10);
  }
  await fetch(`${street.api}/api/v1/tests/default/rolling/stop`, { method: 'POST' });
  const books = await waitUntil('the books to close', async () => {
    const now = await street.books('?test=rolling');
    return now.pending === 0 && now;
  });
  const { scheduled, dropped, unaccounted, surplus, reasons } = books;
  t.diagnostic(JSON.stringify({ scheduled, ok: books.ok, dropped, unaccounted, surplus, reasons }));
  assert.equal(unaccounted, 0);
  assert.equal(scheduled, books.ok + dropped, 'a gap is dropped, never lost and never an error');
  assert.equal(reasons['dropped.down'], dropped, 'and says why');
  // 9 streams, and in each gap every one of them misses a slot at least.
  assert.ok(dropped >= ROUNDS * 9, String(dropped));
});

test('a second agent on the same state folder says who has it, and the first goes on', async (t) => {
  const street = await startStreet();
  t.after(() => street.stop());
  await street.apply(loopbackTest('locked', { destinations: 1 }));
  const ok = async (): Promise<number> => (await street.books('?test=locked')).ok;
  await waitUntil('first results', async () => (await ok()) > 2);
  const args = [AGENT, '--server', street.proxy.url, '--state-dir', dirname(street.spoolDir)];
  const second = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  second.stdout.on('data', (chunk) => {
    said += chunk;
  });
  const [code] = await once(second, 'close');
  assert.equal(code, 1);
  assert.match(
    said,
    new RegExp(`another agent uses the state folder .*process ${street.agent.pid}, started`),
  );
  assert.match(said, /--state-dir/);
  const before = await ok();
  await waitUntil('the first still measures', async () => (await ok()) > before);
});

const batches = (dir: string): string[] => readdirSync(dir).filter((name) => name.endsWith('.batch'));
