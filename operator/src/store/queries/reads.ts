import type { Metric, Phases, ResultLevel } from '@streamswarm/contract';
import type { RunRecord } from '../../domain/runs/run.ts';
import type { PlanStanding } from '../../domain/status/standing.ts';
import type { Queryable } from '../database.ts';
import { type FindingFilter, type FindingRow, listFindings } from '../findings/list-findings.ts';
import { keptSince } from '../retention/settings.ts';
import { type AgentRow, type AgentsWish, agents } from './agents.ts';
import { type EventFilter, type EventRow, events } from './events.ts';
import { answeredSlots, type FleetFigures, fleetFigures } from './fleet-figures.ts';
import { type SubmittedOfTest, submittedOfTest } from './guide/submitted-of-test.ts';
import { latestMachine, type MachineRow } from './latest-machine.ts';
import { type ActivityRow, recentActivity } from './recent-activity.ts';
import { networkPaths, type PathReading } from './results/network-paths.ts';
import { pathWays, type WayReading } from './results/path-ways.ts';
import { type ResultGroup, resultGroups } from './results/result-groups.ts';
import { type ResultRange, resultRanges } from './results/result-ranges.ts';
import { resultSlots, type SlotStep } from './results/result-slots.ts';
import { rawValues, rollupValues, type ValueStep } from './results/result-values.ts';
import type { QueryWindow, Selection, SteppedWindow } from './results/selection.ts';
import { type SlowPhasesReading, slowPhases } from './results/slow-phases.ts';
import { type StreamWindow, type TraceRow, traces } from './results/traces.ts';
import { type AgentCount, agentsOfTests } from './tests/agents-of-tests.ts';
import { type LatencyKind, latencyOfTests, type TestLatency } from './tests/latency-of-tests.ts';
import { latestResults } from './tests/latest-results.ts';
import { type PlanRevisionRow, planRevisions } from './tests/plan-revisions.ts';
import { runsOfTests } from './tests/runs-of-tests.ts';
import { standingsOfTests } from './tests/standings-of-tests.ts';
import { type StoredProbe, storedProbes } from './tests/stored-probes.ts';

/** All that the API reads from the store, one query each; times in milliseconds. */
export interface Reads {
  runs(uids: readonly string[], last: number): Promise<Map<string, RunRecord[]>>;
  standings(uids: readonly string[]): Promise<Map<string, PlanStanding>>;
  agentsOfTests(uids: readonly string[]): Promise<Map<string, AgentCount>>;
  latency(
    kind: LatencyKind,
    uids: readonly string[],
    window: SteppedWindow,
  ): Promise<Map<string, TestLatency>>;
  latestResults(uids: readonly string[] | null): Promise<Map<string, number>>;
  probes(testUid: string): Promise<StoredProbe[]>;
  revisions(testUid: string, page: { after: number; limit: number }): Promise<PlanRevisionRow[]>;
  keptSince(): Promise<Record<ResultLevel, number>>;
  resultGroups(selection: Selection, window: QueryWindow): Promise<ResultGroup[]>;
  resultSlots(selection: Selection, window: SteppedWindow, level: ResultLevel): Promise<SlotStep[]>;
  resultValues(
    selection: Selection,
    window: SteppedWindow,
    level: ResultLevel,
    metric: Metric,
  ): Promise<ValueStep[]>;
  resultRanges(selection: Selection, window: QueryWindow): Promise<ResultRange[]>;
  networkPaths(selection: Selection, window: QueryWindow): Promise<PathReading>;
  slowPhases(selection: Selection, window: QueryWindow, phases: Phases): Promise<SlowPhasesReading>;
  pathWays(selection: Selection, window: QueryWindow): Promise<WayReading>;
  traces(of: StreamWindow, limit: number): Promise<TraceRow[]>;
  agents(wish?: AgentsWish): Promise<AgentRow[]>;
  latestMachine(agent: string): Promise<MachineRow | null>;
  events(filter: EventFilter): Promise<EventRow[]>;
  findings(filter: FindingFilter): Promise<FindingRow[]>;
  fleetFigures(window: QueryWindow): Promise<FleetFigures>;
  answeredSlots(window: QueryWindow): Promise<number>;
  recentActivity(limit: number): Promise<ActivityRow[]>;
  submitted(testUid: string, limit: number): Promise<SubmittedOfTest[]>;
}

export function bindReads(db: Queryable): Reads {
  return {
    runs: (uids, last) => runsOfTests(db, uids, last),
    standings: (uids) => standingsOfTests(db, uids),
    agentsOfTests: (uids) => agentsOfTests(db, uids),
    latency: (kind, uids, window) => latencyOfTests(db, kind, uids, window),
    latestResults: (uids) => latestResults(db, uids),
    probes: (testUid) => storedProbes(db, testUid),
    revisions: (testUid, page) => planRevisions(db, testUid, page),
    keptSince: () => keptSince(db),
    resultGroups: (selection, window) => resultGroups(db, selection, window),
    resultSlots: (selection, window, level) => resultSlots(db, selection, window, level),
    resultValues: (selection, window, level, metric) =>
      level === 'raw'
        ? rawValues(db, selection, window, metric)
        : rollupValues(db, selection, window, { level, metric }),
    resultRanges: (selection, window) => resultRanges(db, selection, window),
    networkPaths: (selection, window) => networkPaths(db, selection, window),
    slowPhases: (selection, window, phases) => slowPhases(db, selection, window, phases),
    pathWays: (selection, window) => pathWays(db, selection, window),
    traces: (of, limit) => traces(db, of, limit),
    agents: (wish) => agents(db, wish),
    latestMachine: (agent) => latestMachine(db, agent),
    events: (filter) => events(db, filter),
    findings: (filter) => listFindings(db, filter),
    fleetFigures: (window) => fleetFigures(db, window),
    answeredSlots: (window) => answeredSlots(db, window),
    recentActivity: (limit) => recentActivity(db, limit),
    submitted: (testUid, limit) => submittedOfTest(db, testUid, limit),
  };
}
