import {
  checkStreamTest,
  isProbeName,
  needsCluster,
  type PlanPreview,
  PROBES,
  type Problem,
  type StreamTest,
} from '@streamswarm/contract';
import { stringify } from 'yaml';
import type { AgentRecord } from '../../domain/assignments/agent-record.ts';
import { decideAssignments } from '../../domain/assignments/decide-assignments.ts';
import type { ServiceLookup } from '../../domain/assignments/service-target.ts';
import { pairViews } from '../views/pair-view.ts';
import { sampleBytes } from './row-bytes.ts';

const SECONDS_A_DAY = 86_400;

export interface PreviewInput {
  readonly agents: readonly AgentRecord[];
  /** Whether tests live in a cluster: without one, Services and nodes are refused. */
  readonly kubernetes: boolean;
}

/** What a manifest would do if it were created now: its faults, or its streams and what they cost. */
export function previewPlan(manifest: unknown, { agents, kubernetes }: PreviewInput): PlanPreview {
  const checked = checkStreamTest(manifest);
  if (!checked.ok) return invalidPreview(checked.problems);
  const missing = kubernetes ? [] : needsCluster(checked.test.spec);
  return missing.length > 0 ? invalidPreview(missing) : previewTest(checked.test, agents);
}

/** The preview of what is not a test: there is nothing to count. */
export function invalidPreview(problems: readonly Problem[]): PlanPreview {
  return {
    valid: false,
    problems: [...problems],
    notices: [],
    agents: 0,
    streams: 0,
    samplesPerSecond: 0,
    packetsPerSecond: 0,
    bytesPerDay: 0,
    pairs: [],
    manifest: null,
  };
}

function previewTest(test: StreamTest, agents: readonly AgentRecord[]): PlanPreview {
  const { spec } = test;
  const { streams, problems } = decideAssignments({
    cluster: '',
    testUid: '',
    namespace: test.metadata.namespace ?? 'default',
    spec,
    agents,
    services: wishedServices(test),
  });
  const sources = new Set(streams.map((stream) => stream.agentId)).size;
  const costs = streams.map(({ kind, options, periodMs }) => {
    const perSecond = 1_000 / periodMs;
    if (!isProbeName(kind)) return { perSecond, packets: 0, bytes: 0 };
    const packets = PROBES[kind].packetsPerSlot(options);
    return { perSecond, packets: perSecond * packets, bytes: perSecond * sampleBytes(kind, packets) };
  });
  const total = (of: 'perSecond' | 'packets' | 'bytes') => costs.reduce((sum, cost) => sum + cost[of], 0);
  return {
    valid: true,
    problems: [],
    notices: [...problems],
    agents: sources,
    streams: streams.length,
    samplesPerSecond: total('perSecond'),
    packetsPerSecond: total('packets'),
    bytesPerDay: Math.round(total('bytes') * SECONDS_A_DAY),
    pairs: pairViews(test),
    manifest: stringify(test, { lineWidth: 0 }),
  };
}

/** Every Service as the test wishes it to be: what it costs does not depend on where it leads. */
function wishedServices({ spec }: StreamTest): ServiceLookup {
  const ports = spec.destinations.map(({ service }) => ({ name: `${service?.port ?? ''}`, port: 1 }));
  return () => ({ clusterIp: '', ports, endpoints: [{ address: '', ports, ready: true }] });
}
