import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as after } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { pino } from 'pino';
import { needs } from '../../test/support/needs.ts';
import { startAgent } from './agent.ts';
import { FakeOperator } from './uplink/fake-operator.ts';

async function until(is: () => boolean, what: string): Promise<void> {
  const endMs = performance.now() + 30_000;
  while (!is()) {
    assert.ok(performance.now() < endMs, `never came: ${what}`);
    await after(10);
  }
}

async function setUp(t: TestContext) {
  const operator = new FakeOperator();
  const server = await operator.listen();
  const dir = mkdtempSync(join(tmpdir(), 'agent-'));
  t.after(async () => {
    await operator.close();
    rmSync(dir, { recursive: true, force: true });
  });
  const files = { readyFile: join(dir, 'ready'), aliveFile: join(dir, 'alive') };
  return { operator, server, dir, files, stateDir: join(dir, 'state'), logger: pino({ level: 'silent' }) };
}

/** Outcomes of the samples in the order of their slots. */
function outcomesOf(operator: FakeOperator): string[] {
  const bySlot = new Map<number, string>();
  for (const { tables } of operator.batches.values()) {
    for (const table of Object.values(tables)) {
      table.slot.forEach((slot, row) => {
        bySlot.set(slot, `${table.outcome[row]} ${table.reason[row] ?? ''}`.trim());
      });
    }
  }
  return [...bySlot].sort(([a], [b]) => a - b).map(([, outcome]) => outcome);
}

test('the packet worker is killed: slots end as errors of this host, and soon they are measured again', async (t) => {
  const workers: Worker[] = [];
  const seen = (worker: Worker): void => void workers.push(worker);
  process.on('worker', seen);
  t.after(() => process.off('worker', seen));
  const { operator, server, files, ...common } = await setUp(t);
  const agent = await startAgent({ ...common, ...files, server });
  t.after(() => agent.stop());
  if (!needs(t, workers.length === 1, 'a platform with a packet engine')) return;
  const nowMs = Math.floor(operator.nowMs());
  const span = {
    span: 1,
    stream: '1',
    probe: 'tcp',
    kind: 'tcp',
    target: { destination: 'operator', host: '127.0.0.1', port: Number(new URL(server).port) },
    options: {},
    startMs: nowMs,
    periodMs: 200,
    offsetMs: 0,
    fromMs: nowMs,
    toMs: null,
  };
  operator.put({ id: 'test', revision: 1, namespace: 'default', test: 'test', spans: [span] });
  await until(() => outcomesOf(operator).includes('ok'), 'a first result');
  await workers[0]?.terminate();
  await until(() => workers.length === 2, 'another worker');
  await until(() => /ok$/.test(outcomesOf(operator).at(-1) ?? ''), 'results again');
  const story = outcomesOf(operator).join(',');
  assert.match(story, /^(ok,)+(error probe-failed,)+ok(,ok)*$/);
});

test('the ready file needs a plan, the alive file does not; both are gone after the end', async (t) => {
  const { operator, server, files, ...common } = await setUp(t);
  const port = Number(new URL(server).port);
  await operator.close();
  const agent = await startAgent({ ...common, ...files, server });
  await until(() => existsSync(files.aliveFile), 'an alive file');
  assert.equal(existsSync(files.readyFile), false);
  const again = new FakeOperator();
  await again.listen(port);
  t.after(() => again.close());
  await until(() => existsSync(files.readyFile), 'a ready file');
  await agent.stop();
  assert.deepEqual([existsSync(files.readyFile), existsSync(files.aliveFile)], [false, false]);
});

test('an agent stops in time although its operator hangs', async (t) => {
  const { operator, server, files: _, ...common } = await setUp(t);
  operator.hang = true;
  const agent = await startAgent({ ...common, server });
  await until(() => operator.requests > 0, 'a request that is not answered');
  const startMs = performance.now();
  await agent.stop();
  t.diagnostic(`stopped after ${(performance.now() - startMs).toFixed(0)} ms`);
  assert.ok(performance.now() - startMs < 9_500, 'the hard limit of the program');
  assert.equal(existsSync(join(common.stateDir, 'agent.lock')), false);
});
