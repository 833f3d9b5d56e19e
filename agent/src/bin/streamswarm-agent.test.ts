import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as after } from 'node:timers/promises';
import { slotsVouchedFor } from '@streamswarm/contract/slot/slot';
import type { PlannedSpan } from '@streamswarm/contract/wire/plan';
import { FakeOperator } from '../uplink/fake-operator.ts';

const BIN = new URL('./streamswarm-agent.ts', import.meta.url).pathname;

async function until(is: () => boolean, what: string): Promise<void> {
  const endMs = performance.now() + 60_000;
  while (!is()) {
    assert.ok(performance.now() < endMs, `never came: ${what}`);
    await after(10);
  }
}

function start(t: TestContext, server: string, stateDir: string): ChildProcess {
  const child = spawn(process.execPath, [BIN, '--server', server, '--state-dir', stateDir, '--name', 'one'], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, STREAMSWARM_LOG_LEVEL: 'fatal' },
  });
  t.after(() => child.kill('SIGKILL'));
  return child;
}

function folder(t: TestContext): string {
  const dir = mkdtempSync(join(tmpdir(), 'agent-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** Connects to the operator itself: real sockets, on loopback, without any right. */
function plan(operator: FakeOperator, port: number, periodMs: number): PlannedSpan[] {
  const nowMs = Math.floor(operator.nowMs());
  const common = { startMs: nowMs, periodMs, fromMs: nowMs, toMs: null, options: {} };
  const target = { destination: 'operator', host: '127.0.0.1', port };
  const spans: PlannedSpan[] = [1, 2, 3, 4].map((span) => ({
    ...common,
    span,
    stream: String(span),
    probe: 'tcp',
    kind: 'tcp',
    target,
    offsetMs: (span * periodMs) / 5,
  }));
  spans.push({ ...common, span: 5, stream: '5', probe: 'host', kind: 'host', target: null, offsetMs: 10 });
  operator.put({ id: 'test', revision: 1, namespace: 'default', test: 'test', spans });
  return spans;
}

/** How often each slot of a span was answered, and by what. */
function answersOf(operator: FakeOperator, span: number): Map<number, string[]> {
  const answers = new Map<number, string[]>();
  const add = (slot: number, word: string): void =>
    void answers.set(slot, [...(answers.get(slot) ?? []), word]);
  for (const { tables, ranges } of operator.batches.values()) {
    for (const table of Object.values(tables)) {
      table.slot.forEach((slot, row) => {
        if (table.span[row] === span) add(slot, table.outcome[row] ?? '');
      });
    }
    for (const range of ranges) {
      if (range.span !== span) continue;
      for (let slot = range.first; slot < range.end; slot++) add(slot, range.reason);
    }
  }
  return answers;
}

test('killed in the middle, the agent answers each slot once: measured, or down', async (t) => {
  const operator = new FakeOperator();
  const server = await operator.listen();
  t.after(() => operator.close());
  const spans = plan(operator, Number(new URL(server).port), 500);
  const dir = folder(t);
  let child = start(t, server, dir);
  await until(() => operator.batches.size >= 2, 'first batches');
  for (let kill = 0; kill < 3; kill++) {
    const before = operator.batches.size;
    child.kill('SIGKILL');
    await once(child, 'exit');
    await after(700);
    child = start(t, server, dir);
    await until(() => operator.batches.size >= before + 2, 'batches after the kill');
  }
  child.kill('SIGTERM');
  const [code] = await once(child, 'exit');
  assert.equal(code, 0);
  const word = operator.words.at(-1);
  assert.ok(word);
  assert.deepEqual(word.spooled, [], 'the last word leaves nothing behind');
  assert.deepEqual(word.spool.batches, 0);
  const seen: Record<string, number> = {};
  for (const span of spans) {
    const answers = answersOf(operator, span.span);
    const { first, end } = slotsVouchedFor(span, word.throughMs);
    assert.ok(end - first > 8);
    for (let slot = first; slot < end; slot++) {
      assert.equal(answers.get(slot)?.length, 1, `span ${span.span} slot ${slot}: ${answers.get(slot)}`);
    }
    for (const [outcome] of answers.values()) seen[outcome ?? ''] = (seen[outcome ?? ''] ?? 0) + 1;
  }
  assert.ok((seen['ok'] ?? 0) > 20 && (seen['down'] ?? 0) > 0, JSON.stringify(seen));
  assert.equal(new Set(operator.sessions.map(({ agentId }) => agentId)).size, 1);
});

test('without an operator it goes on with its last plan, and delivers when the operator is back', async (t) => {
  const operator = new FakeOperator();
  const server = await operator.listen();
  const port = Number(new URL(server).port);
  plan(operator, port, 1_000);
  const dir = folder(t);
  const first = start(t, server, dir);
  await until(() => operator.batches.size >= 1, 'a first batch');
  await operator.close();
  first.kill('SIGKILL');
  await once(first, 'exit');
  const batches = (): number =>
    readdirSync(join(dir, 'spool')).filter((name) => name.endsWith('.batch')).length;
  const before = batches();
  const alone = start(t, server, dir);
  await until(() => batches() >= before + 3, 'batches that nobody takes');
  const again = new FakeOperator();
  const assignment = operator.assignments.get('test');
  assert.ok(assignment);
  again.put(assignment);
  await again.listen(port);
  t.after(() => again.close());
  const saw = (span: number, word: string): boolean =>
    [...answersOf(again, span).values()].flat().includes(word);
  await until(() => saw(1, 'error'), 'the connects that were refused meanwhile');
  await until(() => saw(5, 'ok'), 'what host measured meanwhile');
  alone.kill('SIGTERM');
  await once(alone, 'exit');
});

test('it ends with its supervisor', async (t) => {
  const operator = new FakeOperator();
  const server = await operator.listen();
  t.after(() => operator.close());
  const child = start(t, server, folder(t));
  await until(() => operator.sessions.length === 1, 'a session');
  child.disconnect();
  const [code] = await once(child, 'exit');
  assert.equal(code, 0);
});

test('a wrong command line says what is allowed', async () => {
  const child = spawn(process.execPath, [BIN, '--server', 'http://a.example'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const [code] = await once(child, 'close');
  assert.equal(code, 2);
  assert.match(said, /plain http is allowed on loopback only/);
  assert.match(said, /usage: streamswarm-agent/);
});
