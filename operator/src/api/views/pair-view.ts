import {
  destinationTarget,
  type Pair,
  type PairView,
  probePairs,
  type StreamTestSpec,
} from '@streamswarm/contract';

/** Every probe on every destination of a test: what it measures there, or why it does not apply. */
export function pairViews(spec: StreamTestSpec): PairView[] {
  return probePairs(spec).map(pairView);
}

function pairView({ probe, destination, applicability }: Pair): PairView {
  const target = destination === null ? null : destinationTarget(destination, applicability, probe.options);
  return {
    probe: probe.name,
    kind: probe.kind,
    destination: destination?.name ?? null,
    target: target === null || target.host === '' ? null : endpoint(target.host, target.port),
    applies: applicability.applies,
    reason: applicability.applies ? null : applicability.reason,
    periodSeconds: probe.periodMs / 1_000,
  };
}

function endpoint(host: string, port: number | null): string {
  if (port === null) return host;
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
