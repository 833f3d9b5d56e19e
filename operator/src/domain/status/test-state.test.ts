import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StreamTestSpec } from '@streamswarm/contract';
import type { PlanProblem } from '../runs/happening.ts';
import { nextRunMs } from '../runs/next-run.ts';
import type { RunRecord } from '../runs/run.ts';
import { decideStatus } from './decide-status.ts';
import { testState } from './test-state.ts';

const NOW_MS = Date.parse('2026-12-01T09:00:00Z');
const spec: StreamTestSpec = { destinations: [{ name: 'a', host: 'edge.example.net' }] };
const going: RunRecord = {
  id: 'r1',
  number: 1,
  startMs: NOW_MS - 60_000,
  plannedEndMs: null,
  endMs: null,
  reason: 'Created',
  result: null,
};
const over: RunRecord = { ...going, endMs: NOW_MS - 1_000, result: 'Stopped' };
const problem = (reason: string, stops = true): PlanProblem => ({
  reason,
  message: `because ${reason}`,
  destination: null,
  stops,
});

interface Row {
  readonly what: string;
  readonly spec?: StreamTestSpec;
  readonly run: RunRecord | null;
  readonly streams: number;
  readonly problems: readonly PlanProblem[];
  readonly state: string;
  readonly message: string | null;
}

const cron = { ...spec, schedule: { cron: '0 10 * * *' } };
const ROWS: readonly Row[] = [
  { what: 'measures', run: going, streams: 3, problems: [], state: 'Running', message: null },
  {
    what: 'one of its Services is missing',
    run: going,
    streams: 3,
    problems: [problem('ServiceNotFound')],
    state: 'Running',
    message: 'because ServiceNotFound',
  },
  {
    what: 'its only Service is missing',
    run: going,
    streams: 0,
    problems: [problem('ServiceNotFound')],
    state: 'Failed',
    message: 'because ServiceNotFound',
  },
  {
    what: 'waits for agents',
    run: going,
    streams: 0,
    problems: [problem('NoAgents')],
    state: 'Running',
    message: 'because NoAgents',
  },
  {
    what: 'will never start',
    run: null,
    streams: 0,
    problems: [problem('NeverDue')],
    state: 'Failed',
    message: 'because NeverDue',
  },
  { what: 'is new', run: null, streams: 0, problems: [], state: 'Pending', message: 'waiting to be planned' },
  {
    what: 'was stopped',
    run: over,
    streams: 0,
    problems: [],
    state: 'Complete',
    message: 'stopped before its end',
  },
  {
    what: 'runs at ten, and a Service is missing already now',
    spec: cron,
    run: over,
    streams: 0,
    problems: [problem('ServiceNotFound')],
    state: 'Scheduled',
    message: 'starts in 1h; because ServiceNotFound',
  },
  {
    what: 'is suspended',
    spec: { ...spec, suspend: true },
    run: over,
    streams: 0,
    problems: [],
    state: 'Suspended',
    message: 'set suspend to false to go on',
  },
];

test('the API says the state that kubectl shows, and what stands in the way', () => {
  for (const { what, spec: wish = spec, run, streams, problems, state, message } of ROWS) {
    const view = testState({ spec: wish, runs: run === null ? [] : [run], streams, problems, nowMs: NOW_MS });
    assert.deepEqual([view.state, view.message], [state, message], what);
    const status = decideStatus({
      spec: wish,
      generation: 1,
      annotations: {},
      plan: { run, nextRunMs: nextRunMs(wish, NOW_MS), assignedAgents: 1, streams, problems },
      figures: null,
      nowMs: NOW_MS,
    });
    assert.equal(status.state, state, what);
    const [ready] = status.conditions;
    for (const each of problems) assert.ok(ready?.message.includes(each.message), what);
  }
});
