'use client';

import { useCatalogue } from '../../api/queries.ts';
import { metricWords } from './metric-words.ts';

const DRAWN = ['samples', 'distribution', 'gauge'];
/** Statistics of the headline are its bands already. */
const BANDS = /^rtt_(min|mean|p50|p95|p99|max)_seconds$/;

/** What can be drawn of a kind of probe, its headline first. */
export function useDrawnMetrics(kind: string | null): { value: string; text: string }[] {
  const catalogue = useCatalogue().data;
  const metrics = catalogue?.probes.find((probe) => probe.name === kind)?.metrics ?? [];
  return metrics
    .filter((metric) => DRAWN.includes(metric.kind) && !BANDS.test(metric.name))
    .sort((a, b) => DRAWN.indexOf(a.kind) - DRAWN.indexOf(b.kind))
    .map(({ name }) => ({ value: name, text: metricWords(name) }));
}
