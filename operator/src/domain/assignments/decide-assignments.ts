import { probePairs, type StreamTestSpec, streamKey, streamOffsetMs } from '@streamswarm/contract';
import type { PlanProblem } from '../runs/happening.ts';
import type { AgentRecord } from './agent-record.ts';
import { chooseSources } from './choose-sources.ts';
import { type FarEnd, farEnds } from './far-ends.ts';
import { packetProblems } from './packet-problems.ts';
import type { ServiceLookup } from './service-target.ts';

/** A stream that a test wishes to have: its place in the plan and what its slots do. */
export interface WishedStream extends FarEnd {
  readonly agentId: string;
  readonly destination: string;
  /** Name of the probe in the test. */
  readonly probe: string;
  readonly kind: string;
  readonly stream: bigint;
  readonly periodMs: number;
  readonly offsetMs: number;
  readonly options: Readonly<Record<string, unknown>>;
}

export interface AssignmentInput {
  readonly cluster: string;
  readonly testUid: string;
  readonly namespace: string;
  readonly spec: StreamTestSpec;
  readonly agents: readonly AgentRecord[];
  /** Absent where there is no cluster. */
  readonly services?: ServiceLookup | undefined;
}

export interface Assignments {
  readonly streams: readonly WishedStream[];
  /** A problem of one destination never stops the others. */
  readonly problems: readonly PlanProblem[];
}

/** Every stream of a test: each source x each probe x each destination that it applies to x each of its far ends. */
export function decideAssignments(input: AssignmentInput): Assignments {
  const { cluster, testUid, namespace, spec, agents, services } = input;
  const chosen = chooseSources(spec.sources, agents);
  const problems = new Map<string, PlanProblem>();
  const report = (problem: PlanProblem): void => {
    problems.set(`${problem.reason} ${problem.destination} ${problem.message}`, problem);
  };
  for (const problem of chosen.problems) report(problem);
  const { sources } = chosen;
  const streams = probePairs(spec)
    .filter((pair) => pair.applicability.applies)
    .flatMap((pair) => {
      const endsOf = farEnds(pair, { agents, sources, namespace, services, report });
      const { name: probe, kind, options, periodMs } = pair.probe;
      const destination = pair.destination?.name ?? '';
      return sources.flatMap((agent) =>
        endsOf(agent).map(({ endpoint, target }): WishedStream => {
          const stream = streamKey({ cluster, testUid, agent: agent.id, destination, endpoint, probe });
          const offsetMs = streamOffsetMs(stream, periodMs);
          return {
            agentId: agent.id,
            destination,
            endpoint,
            probe,
            kind,
            stream,
            periodMs,
            offsetMs,
            options,
            target,
          };
        }),
      );
    });
  for (const problem of packetProblems(streams)) report(problem);
  return { streams, problems: [...problems.values()] };
}
