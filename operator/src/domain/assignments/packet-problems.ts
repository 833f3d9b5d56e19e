import { isProbeName, PACKET_LIMITS, PROBES } from '@streamswarm/contract';
import { formatCount } from '@streamswarm/contract/format/numbers';
import type { PlanProblem } from '../runs/happening.ts';
import type { WishedStream } from './decide-assignments.ts';

/**
 * What a test asks of agents beyond the packets that they send in a second. It is measured all the same: a slot that
 * finds no room waits, and is dropped as `busy` after its period.
 */
export function packetProblems(streams: readonly WishedStream[]): PlanProblem[] {
  const rates = packetRates(streams);
  return [...destinationProblems(streams, rates), ...agentProblems(streams, rates)];
}

/** Packets a second of one stream, by probe: all its streams have the same options and the same period. */
type Rates = ReadonlyMap<string, number>;

function packetRates(streams: readonly WishedStream[]): Rates {
  const rates = new Map<string, number>();
  for (const { probe, kind, options, periodMs } of streams) {
    if (rates.has(probe) || !isProbeName(kind)) continue;
    rates.set(probe, PROBES[kind].packetsPerSlot(options) / (periodMs / 1_000));
  }
  return rates;
}

/** What one agent sends to one address. */
interface Load {
  readonly host: string;
  readonly destination: string;
  readonly probes: Set<string>;
  rate: number;
}

function destinationProblems(streams: readonly WishedStream[], rates: Rates): PlanProblem[] {
  const limit = PACKET_LIMITS.perDestination;
  const found = new Map<string, PlanProblem>();
  for (const { host, destination, probes, rate } of loadsOf(streams, rates)) {
    if (rate <= limit || found.has(destination)) continue;
    found.set(destination, {
      reason: 'OverPacketLimit',
      message: `${[...probes].join(' and ')} to ${host}: ${formatCount(rate)} packets a second from one agent, which sends at most ${formatCount(limit)} to one address; ${CONSEQUENCE}`,
      destination,
      stops: false,
    });
  }
  return [...found.values()];
}

function loadsOf(streams: readonly WishedStream[], rates: Rates): Load[] {
  const destinations = new Set(streams.map(({ destination }) => destination)).size;
  const most = [...rates.values()].reduce((sum, rate) => sum + rate, 0) * destinations;
  // A mesh of a thousand agents would have a million of them, and hardly ever asks for so much.
  if (most <= PACKET_LIMITS.perDestination) return [];
  const loads = new Map<string, Load>();
  for (const { agentId, destination, probe, target } of streams) {
    if (target === null) continue;
    const key = `${agentId} ${target.host}`;
    const load = loads.get(key) ?? { host: target.host, destination, probes: new Set<string>(), rate: 0 };
    load.rate += rates.get(probe) ?? 0;
    load.probes.add(probe);
    loads.set(key, load);
  }
  return [...loads.values()];
}

function agentProblems(streams: readonly WishedStream[], rates: Rates): PlanProblem[] {
  const limit = PACKET_LIMITS.perAgent;
  const byAgent = new Map<string, number>();
  for (const { agentId, probe } of streams) {
    byAgent.set(agentId, (byAgent.get(agentId) ?? 0) + (rates.get(probe) ?? 0));
  }
  const over = [...byAgent.values()].filter((rate) => rate > limit);
  if (over.length === 0) return [];
  const most = over.reduce((a, b) => Math.max(a, b));
  return [
    {
      reason: 'OverPacketLimit',
      message: `this test alone asks ${over.length} of ${byAgent.size} agents for up to ${formatCount(most)} packets a second, and an agent sends at most ${formatCount(limit)}; ${CONSEQUENCE}`,
      destination: null,
      stops: false,
    },
  ];
}

const CONSEQUENCE =
  'slots that find no room are dropped as busy: make the interval longer, bodies smaller or counts lower';
