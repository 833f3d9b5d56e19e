import { type DestinationKind, PROBES, type Probe } from '@streamswarm/contract';
import { code, page, table } from './markdown.ts';
import { fieldRows } from './schema-rows.ts';

const KINDS: readonly DestinationKind[] = ['host', 'url', 'service', 'agents'];

/** docs/reference/probes.md: what each probe measures, its options, and where it applies. */
export function probesPage(): string {
  const probes: readonly Probe[] = Object.values(PROBES);
  return page(
    '# Probes and metrics',
    'Values are in SI base units everywhere; the console formats them for people. A value that was not measured is null and has a reason, never 0.',
    '## Which probe applies to which destination',
    table(
      ['Probe', ...KINDS],
      probes.map((probe) => [code(probe.name), ...KINDS.map((kind) => applicability(probe, kind))]),
    ),
    ...probes.flatMap((probe) => probeSection(probe)),
  );
}

function applicability(probe: Probe, kind: DestinationKind): string {
  const answer = probe.destinations[kind];
  if (!answer.applies) return `no: ${answer.reason}`;
  const port =
    answer.defaultPort === undefined || answer.defaultPort === 'url'
      ? ''
      : ` (port ${answer.defaultPort} unless set)`;
  return `${answer.means}${port}`;
}

function probeSection(probe: Probe): string[] {
  return [
    `## ${probe.name}`,
    `${probe.summary}. ${probe.perAgent ? 'One series for each agent and test.' : 'One series for each agent and destination.'}`,
    '### Options',
    table(
      ['Option', 'Type', 'Allowed', 'Meaning'],
      fieldRows(probe.options, () => false).map((row) => [
        code(row.path),
        row.type,
        row.bounds,
        row.description,
      ]),
    ),
    '### Metrics',
    table(
      ['Metric', 'Unit', 'Kind', 'Better', 'Meaning', 'Null means', 'In the guide'],
      probe.metrics.map((metric) => [
        code(metric.name),
        metric.unit,
        metric.kind,
        metric.better ?? '',
        metric.meaning,
        metric.nullMeans,
        metric.guideField === undefined ? '' : `${code(metric.guideField)} in ${metric.guideUnit ?? ''}`,
      ]),
    ),
  ];
}
