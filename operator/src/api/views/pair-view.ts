import {
  type Destination,
  destinationKind,
  destinationTarget,
  type LabelSelector,
  type Pair,
  type PairView,
  probePairs,
  type StreamTest,
} from '@streamswarm/contract';

/** Every probe on every destination of a test: what it measures there, or why it does not apply. */
export function pairViews({ metadata, spec }: StreamTest): PairView[] {
  return probePairs(spec).map((pair) => pairView(pair, metadata.namespace ?? 'default'));
}

function pairView(pair: Pair, namespace: string): PairView {
  const { probe, destination, applicability } = pair;
  return {
    probe: probe.name,
    kind: probe.kind,
    destination: destination?.name ?? null,
    destinationKind: destination === null ? null : destinationKind(destination),
    target: destination === null ? null : targetOf(destination, pair, namespace),
    applies: applicability.applies,
    reason: applicability.applies ? null : applicability.reason,
    periodSeconds: probe.periodMs / 1_000,
  };
}

function targetOf(
  destination: Destination,
  { applicability, probe }: Pair,
  namespace: string,
): string | null {
  const { service, agents } = destination;
  const { host, port } = destinationTarget(destination, applicability, probe.options);
  if (service !== undefined) {
    const wanted = typeof probe.options['port'] === 'number' ? probe.options['port'] : service.port;
    return `${service.namespace ?? namespace}/${service.name}${wanted === undefined ? '' : `:${wanted}`}`;
  }
  if (agents !== undefined) return selectorWords(agents);
  return host === '' ? null : endpoint(host, port);
}

function endpoint(host: string, port: number | null): string {
  if (port === null) return host;
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** As kubectl writes selectors; `every agent` for an empty one. */
export function selectorWords({ matchLabels = {}, matchExpressions = [] }: LabelSelector): string {
  const parts = [
    ...Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`),
    ...matchExpressions.map(({ key, operator, values = [] }) => {
      switch (operator) {
        case 'In':
          return `${key} in (${values.join(',')})`;
        case 'NotIn':
          return `${key} notin (${values.join(',')})`;
        case 'Exists':
          return key;
        default:
          return `!${key}`;
      }
    }),
  ];
  return parts.length === 0 ? 'every agent' : parts.join(', ');
}
