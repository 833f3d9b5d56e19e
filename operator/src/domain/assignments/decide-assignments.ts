import {
  destinationTarget,
  type LabelSelector,
  probePairs,
  type StreamTestSpec,
  streamKey,
  streamOffsetMs,
} from '@streamswarm/contract';

/** An agent as planning sees it. */
export interface AgentRecord {
  readonly id: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** A stream that a test wishes to have: its place in the plan and what its slots do. */
export interface WishedStream {
  readonly agentId: string;
  readonly destination: string;
  readonly endpoint: string;
  /** Name of the probe in the test. */
  readonly probe: string;
  readonly kind: string;
  readonly stream: bigint;
  readonly periodMs: number;
  readonly offsetMs: number;
  readonly options: Readonly<Record<string, unknown>>;
  readonly target: {
    readonly destination: string;
    readonly host: string;
    readonly port: number | null;
  } | null;
}

export interface AssignmentInput {
  readonly cluster: string;
  readonly testUid: string;
  readonly spec: StreamTestSpec;
  readonly agents: readonly AgentRecord[];
}

/** Every stream of a test: each agent chosen x each probe x each destination that it applies to. */
export function decideAssignments({ cluster, testUid, spec, agents }: AssignmentInput): WishedStream[] {
  const pairs = probePairs(spec).filter((pair) => pair.applicability.applies);
  return agents
    .filter((agent) => isSource(spec, agent))
    .flatMap((agent) =>
      pairs.map(({ probe, destination, applicability }): WishedStream => {
        const name = destination?.name ?? '';
        const stream = streamKey({
          cluster,
          testUid,
          agent: agent.id,
          destination: name,
          endpoint: '',
          probe: probe.name,
        });
        return {
          agentId: agent.id,
          destination: name,
          endpoint: '',
          probe: probe.name,
          kind: probe.kind,
          stream,
          periodMs: probe.periodMs,
          offsetMs: streamOffsetMs(stream, probe.periodMs),
          options: probe.options,
          target:
            destination === null
              ? null
              : { destination: name, ...destinationTarget(destination, applicability, probe.options) },
        };
      }),
    );
}

function isSource(spec: StreamTestSpec, agent: AgentRecord): boolean {
  const { sources } = spec;
  if (sources === undefined) return true;
  return sources.agents !== undefined && matchesSelector(sources.agents, agent.labels);
}

/** Label selection as in Kubernetes: every label and every expression must hold. */
export function matchesSelector(selector: LabelSelector, labels: Readonly<Record<string, string>>): boolean {
  const wanted = Object.entries(selector.matchLabels ?? {});
  if (!wanted.every(([key, value]) => labels[key] === value)) return false;
  return (selector.matchExpressions ?? []).every(({ key, operator, values = [] }) => {
    const value = labels[key];
    switch (operator) {
      case 'In':
        return value !== undefined && values.includes(value);
      case 'NotIn':
        return value === undefined || !values.includes(value);
      case 'Exists':
        return value !== undefined;
      default:
        return value === undefined;
    }
  });
}
