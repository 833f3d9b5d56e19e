import { destinationTarget, type Pair, PROBES, type Probe } from '@streamswarm/contract';
import type { PlanProblem } from '../runs/happening.ts';
import { agentLabels } from './agent-labels.ts';
import { type AgentRecord, takesPart } from './agent-record.ts';
import { matchesSelector } from './match-selector.ts';
import { resolveService, type ServiceLookup } from './service-target.ts';

/** The other end of a stream. */
export interface FarEnd {
  /** The far agent in a mesh, else empty. */
  readonly endpoint: string;
  readonly target: {
    readonly destination: string;
    readonly host: string;
    readonly port: number | null;
    readonly url?: string;
  } | null;
}

export interface FarEndInput {
  readonly agents: readonly AgentRecord[];
  readonly sources: readonly AgentRecord[];
  /** Namespace of the test. */
  readonly namespace: string;
  /** Absent where there is no cluster. */
  readonly services: ServiceLookup | undefined;
  report(problem: PlanProblem): void;
}

/** Where a pair of probe and destination leads, from each source. What is in the way is reported, and gives nothing. */
export function farEnds(pair: Pair, input: FarEndInput): (source: AgentRecord) => readonly FarEnd[] {
  const { destination, applicability, probe } = pair;
  if (destination === null) return () => [{ endpoint: '', target: null }];
  if (destination.agents !== undefined) return meshEnds(pair, input);
  if (destination.service !== undefined) return serviceEnds(pair, input);
  const { takesUrl }: Probe = PROBES[probe.kind];
  const target = {
    destination: destination.name,
    ...destinationTarget(destination, applicability, probe.options),
    ...(takesUrl && destination.url !== undefined ? { url: destination.url } : {}),
  };
  return () => [{ endpoint: '', target }];
}

/** Every source to every agent that the selector matches, but never to itself. */
function meshEnds({ destination, applicability, probe }: Pair, input: FarEndInput) {
  if (destination?.agents === undefined) return () => [];
  const { agents: selector, name } = destination;
  const { port } = destinationTarget(destination, applicability, probe.options);
  const matching = input.agents.filter(
    (agent) => takesPart(agent) && matchesSelector(selector, agentLabels(agent)),
  );
  const known = matching.filter((agent) => agent.address !== null);
  if (known.length < matching.length) {
    const lost = matching.filter((agent) => agent.address === null).map((agent) => agent.name);
    input.report({
      reason: 'AgentHasNoAddress',
      message: `${list(lost)} told no address that others can reach, so nobody measures to there`,
      destination: name,
      stops: known.length === 0,
    });
  }
  const hasFar = input.sources.some((source) => matching.some((agent) => agent.id !== source.id));
  if (!hasFar && input.sources.length > 0) {
    input.report({
      reason: 'NoFarAgents',
      message: `no agent matches destination ${name}, other than the source itself: check its labels against those of the agents`,
      destination: name,
      stops: true,
    });
  }
  const ends = known.map(({ id, address }) => ({
    endpoint: id,
    target: { destination: name, host: address ?? '', port },
  }));
  return (source: AgentRecord) => ends.filter((end) => end.endpoint !== source.id);
}

function serviceEnds({ destination, probe }: Pair, input: FarEndInput) {
  if (destination?.service === undefined) return () => [];
  const { name } = destination;
  const { name: service, namespace = input.namespace, port } = destination.service;
  const problem = (reason: string, message: string, stops = true): void =>
    input.report({ reason, message, destination: name, stops });
  if (input.services === undefined) {
    problem('NeedsCluster', `destination ${name} is a Service, and this operator runs without a cluster`);
    return () => [];
  }
  const facts = input.services(namespace, service);
  if (facts === null) {
    problem('ServiceNotFound', `there is no Service ${service} in namespace ${namespace}`);
    return () => [];
  }
  const given = probe.options['port'];
  const wanted = typeof given === 'number' ? given : port;
  return (source: AgentRecord): FarEnd[] => {
    const found = resolveService(facts, wanted, source.id);
    if (!found.ok) {
      problem(found.reason, `Service ${namespace}/${service}: ${found.message}`);
      return [];
    }
    if (found.noEndpoints) {
      const message = `Service ${namespace}/${service} has no ready endpoint: connections to it are refused or time out`;
      problem('NoEndpoints', message, false);
    }
    return [{ endpoint: '', target: { destination: name, host: found.host, port: found.port } }];
  };
}

function list(names: readonly string[]): string {
  return names.length <= 5
    ? names.join(', ')
    : `${names.slice(0, 5).join(', ')} and ${names.length - 5} more`;
}
