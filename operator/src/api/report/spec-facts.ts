import {
  type Destination,
  durationMs,
  effectiveProbes,
  formatDurationMs,
  intervalMs,
  probePairs,
  type StreamTestSpec,
} from '@streamswarm/contract';

type Fact = readonly [label: string, words: string];

/** What a test measures, in lines for people. */
export function specFacts(spec: StreamTestSpec): Fact[] {
  const duration = durationMs(spec);
  const facts: (Fact | null)[] = [
    spec.description === undefined ? null : ['Description', spec.description],
    [
      'Destinations',
      spec.destinations.map((destination) => `${destination.name} (${targetWords(destination)})`).join(', '),
    ],
    ['Probes', probeWords(spec)],
    ['Every', formatDurationMs(intervalMs(spec))],
    ['Duration', duration === null ? 'until it is stopped' : formatDurationMs(duration)],
    scheduleFact(spec),
    ['Sources', sourceWords(spec)],
    notMeasured(spec),
  ];
  return facts.filter((fact) => fact !== null);
}

function targetWords({ host, url, service, agents }: Destination): string {
  if (agents !== undefined) return 'agents by label';
  return host ?? url ?? `Service ${service?.name ?? ''}`;
}

function probeWords(spec: StreamTestSpec): string {
  return effectiveProbes(spec)
    .map(({ name, kind, periodMs }) => {
      const own = periodMs === intervalMs(spec) ? '' : ` every ${formatDurationMs(periodMs)}`;
      return `${name}${name === kind ? '' : ` (${kind})`}${own}`;
    })
    .join(', ');
}

function scheduleFact({ schedule }: StreamTestSpec): Fact | null {
  if (schedule === undefined) return null;
  const { startAt, cron, timeZone } = schedule;
  return ['Schedule', startAt === undefined ? `${cron} in ${timeZone ?? 'Etc/UTC'}` : `once, ${startAt}`];
}

function sourceWords({ sources }: StreamTestSpec): string {
  if (sources === undefined) return 'every agent';
  const { nodeSelector, nodes, agents } = sources;
  const parts = [
    nodes === undefined ? null : `nodes ${nodes.join(', ')}`,
    nodeSelector === undefined ? null : 'nodes by label',
    agents === undefined ? null : 'agents by label',
  ].filter((part) => part !== null);
  return parts.length === 0 ? 'every agent' : parts.join('; ');
}

/** Pairs that make no sense are said, not left out in silence. */
function notMeasured(spec: StreamTestSpec): Fact | null {
  const pairs = probePairs(spec).flatMap(({ probe, destination, applicability }) =>
    applicability.applies ? [] : [`${probe.name} to ${destination?.name ?? ''}: ${applicability.reason}`],
  );
  return pairs.length === 0 ? null : ['Not applicable', pairs.join('; ')];
}
