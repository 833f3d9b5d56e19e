import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StreamTestSpec } from '@streamswarm/contract';
import { decideStatus, refusedStatus, type StatusInput } from './decide-status.ts';
import type { PlanFacts, RunFigures } from './plan-facts.ts';

const START_MS = Date.parse('2026-12-01T09:00:00Z');
const spec: StreamTestSpec = { destinations: [{ name: 'a', host: 'edge.example.net' }], duration: '5m' };
const run: NonNullable<PlanFacts['run']> = {
  id: 'r1',
  number: 1,
  startMs: START_MS,
  plannedEndMs: START_MS + 300_000,
  endMs: null,
  reason: 'Created',
  result: null,
};
const plan: PlanFacts = { run, nextRunMs: null, assignedAgents: 3, streams: 9, problems: [] };
const figures: RunFigures = {
  assigned: 3,
  reporting: 3,
  lastResultMs: START_MS + 60_400,
  samples: { scheduled: 100, ok: 98, lost: 1, error: 0, denied: 0, dropped: 0, pending: 1, unaccounted: 0 },
  lossRatio: 0.001,
  p95Seconds: 0.0123,
  worst: [{ agent: 'node-3', lossRatio: 0.003, p95Seconds: null }],
};

function decide(change: Partial<StatusInput>) {
  return decideStatus({
    spec,
    generation: 4,
    annotations: {},
    plan,
    figures,
    nowMs: START_MS + 61_000,
    ...change,
  });
}

/** `Ready=True:Planned` of each condition. */
function conditionsOf(change: Partial<StatusInput>): string[] {
  return decide(change).conditions.map(({ type, status, reason }) => `${type}=${status}:${reason}`);
}

test('a running test says how far it is and what was measured', () => {
  const status = decide({});
  assert.equal(status.state, 'Running');
  assert.equal(status.observedGeneration, 4);
  assert.deepEqual(status.summary, { progress: '1m1s/5m', agents: '3/3', loss: '0.10%', p95: '12.3ms' });
  assert.equal(status.lastResultTime, '2026-12-01T09:01:00Z');
  assert.deepEqual(status.run, {
    id: 'r1',
    number: 1,
    startTime: '2026-12-01T09:00:00Z',
    reason: 'Created',
    progressPercent: 20,
  });
  assert.deepEqual(status.agents?.worst, [{ name: 'node-3', loss: '0.30%' }]);
  assert.deepEqual(conditionsOf({}), ['Ready=True:Planned']);
});

test('before the first result nothing is claimed of it', () => {
  const status = decide({ figures: null });
  assert.equal(status.lastResultTime, undefined);
  assert.equal(status.samples, undefined);
  assert.deepEqual(status.summary, { progress: '1m1s/5m', agents: '0/3', loss: '', p95: '' });
});

test('a run that is over makes a test that runs once Complete, at its planned end', () => {
  const over = { nowMs: START_MS + 900_000 };
  assert.equal(decide(over).state, 'Complete');
  assert.equal(decide(over).run?.endTime, '2026-12-01T09:05:00Z');
  assert.equal(decide(over).summary?.progress, '5m/5m');
  assert.deepEqual(conditionsOf(over), ['Ready=True:Planned', 'Complete=True:RunFinished']);
});

test('a run that ended without one result has failed beside being complete', () => {
  const samples = { ...figures.samples, ok: 0, lost: 0, pending: 100 };
  assert.deepEqual(conditionsOf({ nowMs: START_MS + 900_000, figures: { ...figures, samples } }), [
    'Ready=True:Planned',
    'Failed=True:NoResults',
    'Complete=True:RunFinished',
  ]);
});

test('no agent yet is waiting, a Service that is not there is a stall', () => {
  const waiting = {
    ...plan,
    streams: 0,
    assignedAgents: 0,
    problems: [{ reason: 'NoAgents', message: 'no agent matches', destination: null, stops: true }],
  } as const;
  assert.deepEqual(conditionsOf({ plan: waiting }), ['Ready=False:NoAgents', 'Reconciling=True:NoAgents']);
  assert.equal(decide({ plan: waiting }).state, 'Running');
  const stalled = {
    ...plan,
    streams: 0,
    problems: [{ reason: 'ServiceNotFound', message: 'no Service shop/x', destination: 'x', stops: true }],
  } as const;
  assert.deepEqual(conditionsOf({ plan: stalled }), [
    'Ready=False:ServiceNotFound',
    'Stalled=True:ServiceNotFound',
  ]);
  assert.equal(decide({ plan: stalled }).state, 'Failed');
});

test('a problem of one destination does not stop the rest, and is told', () => {
  const partly = {
    ...plan,
    problems: [
      { reason: 'NoEndpoints', message: 'Service shop/x has no endpoint', destination: 'x', stops: false },
    ],
  } as const;
  const [ready] = decide({ plan: partly }).conditions;
  assert.equal(ready?.status, 'True');
  assert.match(ready?.message ?? '', /9 streams; Service shop\/x has no endpoint/);
});

test('between runs of a schedule the next one is named, suspended ones say so', () => {
  const ended = { ...plan, run: { ...run, endMs: START_MS + 300_000, result: 'Complete' as const } };
  const next = { plan: { ...ended, nextRunMs: START_MS + 3_600_000 }, nowMs: START_MS + 400_000 };
  assert.equal(decide(next).state, 'Scheduled');
  assert.equal(decide(next).nextRunTime, '2026-12-01T10:00:00Z');
  assert.deepEqual(conditionsOf(next), ['Ready=True:Scheduled']);
  const suspended = { plan: ended, spec: { ...spec, suspend: true }, nowMs: START_MS + 400_000 };
  assert.deepEqual(conditionsOf(suspended), ['Ready=True:Suspended']);
});

test('annotations that were acted on are answered', () => {
  const annotations = { 'streamswarm.dev/run-now': 'a', 'streamswarm.dev/stop-now': 'b' };
  const { lastHandledRunNow, lastHandledStopNow } = decide({ annotations });
  assert.deepEqual([lastHandledRunNow, lastHandledStopNow], ['a', 'b']);
});

test('a spec that is refused says each field', () => {
  const { state, conditions } = refusedStatus(5, [
    { path: 'spec.interval', message: 'must be between 1s and 24h' },
  ]);
  assert.equal(state, 'Failed');
  assert.deepEqual(
    conditions.map(({ type, message }) => [type, message]),
    [
      ['Ready', 'spec.interval: must be between 1s and 24h'],
      ['Stalled', 'spec.interval: must be between 1s and 24h'],
    ],
  );
});
