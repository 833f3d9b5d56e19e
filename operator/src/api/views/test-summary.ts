import {
  type Balance,
  durationMs,
  effectiveProbes,
  intervalMs,
  type StreamTestSpec,
  type TestSummary,
} from '@streamswarm/contract';
import type { RunRecord } from '../../domain/runs/run.ts';
import type { PlanStanding } from '../../domain/status/standing.ts';
import { type StateView, testState } from '../../domain/status/test-state.ts';
import type { AgentCount } from '../../store/queries/tests/agents-of-tests.ts';
import type { TestLatency } from '../../store/queries/tests/latency-of-tests.ts';
import type { StoredTest } from '../../stream-tests/stream-test-store.ts';
import { iso, isoOrNull } from '../window/window.ts';
import { runView } from './run-view.ts';

/** What the store knows of one test in the window of the list. */
export interface SummaryFacts {
  readonly runs: readonly RunRecord[];
  /** Undefined where it was never planned. */
  readonly standing: PlanStanding | undefined;
  readonly agents: AgentCount | undefined;
  readonly icmp: TestLatency | undefined;
  readonly tcp: TestLatency | undefined;
  /** Due time of the newest sample, in milliseconds. */
  readonly lastResultMs: number | undefined;
  readonly books: Balance;
  /** Steps of the sparkline. */
  readonly steps: number;
}

const NOT_PLANNED: PlanStanding = { streams: 0, problems: [] };

/** What the store knows of how a test stands. */
export interface StateFacts {
  readonly runs: readonly RunRecord[];
  readonly standing: PlanStanding | undefined;
}

export function stateOf(
  test: StoredTest,
  { runs, standing = NOT_PLANNED }: StateFacts,
  nowMs: number,
): StateView {
  return testState({ spec: test.manifest.spec, runs, ...standing, nowMs });
}

export function testSummary(test: StoredTest, facts: SummaryFacts, nowMs: number): TestSummary {
  const { spec } = test.manifest;
  const { state, message, nextRunMs } = stateOf(test, facts, nowMs);
  const { streams, problems } = facts.standing ?? NOT_PLANNED;
  const duration = durationMs(spec);
  const run = facts.runs.at(-1);
  return {
    uid: test.uid,
    namespace: test.namespace,
    name: test.name,
    generation: test.generation,
    description: spec.description ?? null,
    state,
    message,
    problems: [...problems],
    created: iso(test.createdMs),
    destinations: spec.destinations.map((destination) => destination.name),
    probes: effectiveProbes(spec).map((probe) => probe.name),
    intervalSeconds: intervalMs(spec) / 1_000,
    durationSeconds: duration === null ? null : duration / 1_000,
    run: run === undefined ? null : runView(run, nowMs),
    nextRunTime: isoOrNull(nextRunMs),
    schedule: scheduleOf(spec),
    streams,
    agents: facts.agents ?? { assigned: 0, reporting: 0 },
    ...lossAndLatency(facts),
    lastResultTime: isoOrNull(facts.lastResultMs ?? null),
    books: facts.books,
  };
}

function scheduleOf({ schedule }: StreamTestSpec): TestSummary['schedule'] {
  if (schedule === undefined) return null;
  const { cron, startAt, timeZone } = schedule;
  return { cron: cron ?? null, timeZone: timeZone ?? 'Etc/UTC', startAt: startAt ?? null };
}

/** icmp speaks for a test where it was measured, else tcp. */
function lossAndLatency({ icmp, tcp, steps }: SummaryFacts) {
  const measured = (latency: TestLatency | undefined) =>
    latency !== undefined && latency.sent > 0 ? latency : null;
  const chosen = measured(icmp) ?? measured(tcp);
  if (chosen === null) {
    return {
      lossRatio: null,
      lossCounts: null,
      p95Seconds: null,
      p95Metric: null,
      sparkline: new Array<null>(steps).fill(null),
    };
  }
  return {
    lossRatio: chosen.lost / chosen.sent,
    lossCounts: { sent: chosen.sent, lost: chosen.lost },
    p95Seconds: chosen.p95Seconds,
    p95Metric: chosen === icmp ? 'icmp.rtt_p95_seconds' : 'tcp.connect_seconds',
    sparkline: chosen.p95BySteps,
  };
}
