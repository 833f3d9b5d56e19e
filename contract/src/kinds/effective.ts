import { isIpLiteral, urlEndpoint } from '../address/address.ts';
import { parseDurationMs } from '../duration/duration.ts';
import { PROBE_NAMES, PROBES, type ProbeName } from '../probes/catalogue.ts';
import type { Applicability, DestinationKind, Probe } from '../probes/probe.ts';
import {
  DEFAULT_INTERVAL,
  DEFAULT_PROBES,
  type Destination,
  type ProbeEntry,
  type StreamTestSpec,
} from './stream-test.ts';

/** A probe of a test with its defaults filled in. */
export interface EffectiveProbe {
  /** Identity in the test. */
  readonly name: string;
  readonly kind: ProbeName;
  readonly options: Readonly<Record<string, unknown>>;
  readonly periodMs: number;
  /** Names of the destinations it is limited to, or null for all. */
  readonly only: readonly string[] | null;
}

export function probeKind(entry: ProbeEntry): ProbeName | undefined {
  return PROBE_NAMES.find((name) => entry[name] !== undefined);
}

export function intervalMs(spec: StreamTestSpec): number {
  return parseDurationMs(spec.interval ?? DEFAULT_INTERVAL) ?? 5_000;
}

export function durationMs(spec: StreamTestSpec): number | null {
  return spec.duration === undefined ? null : parseDurationMs(spec.duration);
}

function ownPeriodMs(kind: ProbeName): number {
  const probe: Probe = PROBES[kind];
  return probe.ownPeriodMs ?? 0;
}

export function effectiveProbes(spec: StreamTestSpec): EffectiveProbe[] {
  return (spec.probes ?? DEFAULT_PROBES).flatMap((entry) => {
    const kind = probeKind(entry);
    if (kind === undefined) return [];
    const options: Readonly<Record<string, unknown>> = entry[kind] ?? {};
    const every = typeof options['every'] === 'string' ? parseDurationMs(options['every']) : null;
    return [
      {
        name: entry.name ?? kind,
        kind,
        options,
        periodMs: every ?? Math.max(intervalMs(spec), ownPeriodMs(kind)),
        only: entry.destinations ?? null,
      },
    ];
  });
}

export function destinationKind(destination: Destination): DestinationKind {
  if (destination.host !== undefined) return 'host';
  if (destination.url !== undefined) return 'url';
  return destination.service !== undefined ? 'service' : 'agents';
}

/** One line of the probe x destination table: what this pair measures, or why it does not apply. */
export interface Pair {
  readonly probe: EffectiveProbe;
  readonly destination: Destination | null;
  readonly applicability: Applicability;
}

/** Every pair of a test that is asked for, applicable or not; a probe of the agent itself stands once. */
export function probePairs(spec: StreamTestSpec): Pair[] {
  return effectiveProbes(spec).flatMap((probe): Pair[] => {
    const definition = PROBES[probe.kind];
    if (definition.perAgent)
      return [{ probe, destination: null, applicability: { applies: true, means: definition.summary } }];
    return spec.destinations
      .filter((destination) => probe.only === null || probe.only.includes(destination.name))
      .map((destination) => ({
        probe,
        destination,
        applicability: pairApplicability(definition, destination),
      }));
  });
}

function pairApplicability(definition: Probe, destination: Destination): Applicability {
  const { literalReason, destinations } = definition;
  const host = destination.url === undefined ? destination.host : urlEndpoint(destination.url)?.host;
  return literalReason !== undefined && host !== undefined && isIpLiteral(host)
    ? { applies: false, reason: literalReason }
    : destinations[destinationKind(destination)];
}

/** Host name or address that a destination leads to, and the port a probe with these options uses there. */
export function destinationTarget(
  destination: Destination,
  applicability: Applicability,
  options: Readonly<Record<string, unknown>>,
): { host: string; port: number | null } {
  const url = destination.url === undefined ? null : urlEndpoint(destination.url);
  const standard = applicability.applies ? (applicability.defaultPort ?? null) : null;
  const given = typeof options['port'] === 'number' ? options['port'] : null;
  return {
    host: url?.host ?? destination.host ?? '',
    port: given ?? (standard === 'url' ? (url?.port ?? null) : standard),
  };
}
