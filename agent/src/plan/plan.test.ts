import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Assignment, PlannedSpan } from '@streamswarm/contract/wire/plan';
import { parsePlanLine } from './parse-plan-line.ts';
import { changePlan, EMPTY_PLAN, isSamePlan, type PlanChange } from './plan.ts';
import { readPlanFile, writePlanFile } from './plan-file.ts';

const planned = (span: number, over: Partial<PlannedSpan> = {}): PlannedSpan => ({
  span,
  stream: '7',
  probe: 'icmp',
  kind: 'icmp',
  options: {},
  target: { destination: 'loopback', host: '127.0.0.1', port: null },
  startMs: 0,
  periodMs: 1_000,
  offsetMs: 100,
  fromMs: 0,
  toMs: null,
  ...over,
});
const assignment = (id: string, ...spans: PlannedSpan[]): Assignment => ({
  id,
  revision: 1,
  namespace: 'default',
  test: id,
  spans,
});
const change = (over: Partial<PlanChange>): PlanChange => ({
  snapshot: false,
  puts: [],
  dels: [],
  revision: 1,
  ...over,
});

test('a snapshot replaces, later changes add up; what is listed no more closes when heard', () => {
  const first = changePlan(
    EMPTY_PLAN,
    change({ snapshot: true, puts: [assignment('a', planned(1)), assignment('b', planned(2))] }),
    5_000,
    0,
  );
  assert.deepEqual([...first.spans.keys()], [1, 2]);
  const second = changePlan(first, change({ puts: [assignment('c', planned(3))], dels: ['a'] }), 7_000.2, 0);
  assert.equal(second.spans.get(1)?.planned.toMs, 7_001);
  assert.equal(second.spans.get(2)?.planned.toMs, null);
  assert.deepEqual([second.spans.get(2)?.since, second.spans.get(3)?.since], [1, 2]);
  const third = changePlan(
    second,
    change({ snapshot: true, puts: [assignment('b', planned(2))] }),
    8_000,
    7_000,
  );
  assert.deepEqual([...third.spans.keys()], [1, 2, 3], 'kept until through has passed their last slot');
  const fourth = changePlan(third, change({}), 20_000, 19_000);
  assert.deepEqual([...fourth.spans.keys()], [2]);
});

test('a span with an end of its own keeps it, and stays while the operator lists it', () => {
  const ended = assignment('a', planned(1, { toMs: 3_000 }));
  const first = changePlan(EMPTY_PLAN, change({ snapshot: true, puts: [ended] }), 9_000, 8_000);
  const again = changePlan(first, change({ snapshot: true, puts: [ended] }), 99_000, 98_000);
  assert.equal(again.spans.get(1)?.since, 1);
  assert.equal(isSamePlan(first, again), true);
  const gone = changePlan(first, change({ dels: ['a'] }), 9_000, 4_000);
  assert.equal(gone.spans.get(1)?.planned.toMs, 3_000);
});

test('the plan survives a restart; a torn file is no plan', async (t) => {
  const dir = await mkdtemp(join(tmpdir(), 'agent-plan-'));
  t.after(() => rm(dir, { recursive: true }));
  assert.equal(await readPlanFile(dir), null);
  const plan = changePlan(EMPTY_PLAN, change({ puts: [assignment('a', planned(1))] }), 0, 0);
  await writePlanFile(dir, plan);
  assert.deepEqual(await readPlanFile(dir), plan);
  await writeFile(join(dir, 'plan.json'), '{"generation":1,"revision":1,"spans":[{"planned":{"span":1}}]}');
  assert.equal(await readPlanFile(dir), null);
});

test('malformed lines of the stream are told apart', () => {
  const good = [
    { type: 'put', assignment: assignment('a', planned(1)) },
    { type: 'del', id: 'a' },
    { type: 'synced', revision: 3, nowMs: 1.5 },
    { type: 'heartbeat', nowMs: 1 },
  ];
  for (const line of good) assert.deepEqual(parsePlanLine(JSON.stringify(line)), line);
  const bad = [
    '',
    'null',
    '[]',
    '{"type":"put"',
    '{"type":"put"}',
    '{"type":"put","assignment":{"id":"a","spans":[{}]}}',
    JSON.stringify({ type: 'put', assignment: assignment('a', planned(1, { periodMs: 0 })) }),
    JSON.stringify({ type: 'put', assignment: assignment('a', planned(1, { fromMs: 0.5 })) }),
    '{"type":"del"}',
    '{"type":"synced","revision":-1,"nowMs":1}',
    '{"type":"heartbeat","nowMs":null}',
    '{"type":"surprise"}',
  ];
  for (const line of bad) assert.equal(parsePlanLine(line), null, line);
});
