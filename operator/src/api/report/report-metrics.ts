import type { ProbeName } from '@streamswarm/contract';

/**
 * What a report shows of a probe beside the metric that the probe is about (which the others stand without): what
 * people ask for by name.
 */
const MORE: Partial<Record<ProbeName, readonly string[]>> = {
  icmp: ['jitter_seconds'],
  dns: ['query_aaaa_seconds', 'system_seconds'],
  http: ['dns_seconds', 'connect_seconds', 'tls_seconds', 'ttfb_seconds', 'download_seconds'],
  host: ['memory_ratio', 'disk_ratio', 'load_1m'],
};

/** Metrics of a probe in a report, the headline first (undefined). */
export function reportMetrics(kind: ProbeName): readonly (string | undefined)[] {
  return [undefined, ...(MORE[kind] ?? [])];
}
