import { quantityValue } from '@streamswarm/contract/kinds/quantity-value';
import type { StreamTestSpec } from '@streamswarm/contract/kinds/stream-test';

/** Statistics of round trips are limits on their bands. */
const OF_ROUND_TRIPS = /^icmp\.rtt_(min|mean|p50|p95|p99|max)_seconds$/;

/** The limits of a test that concern what a chart draws, in the unit of its metric. */
export function limitsOf(
  { thresholds = [] }: Pick<StreamTestSpec, 'thresholds'>,
  kind: string | null,
  metric: string,
): number[] {
  const drawn = `${kind}.${metric}`;
  const values = thresholds
    .filter((limit) =>
      drawn === 'icmp.rtts_seconds' ? OF_ROUND_TRIPS.test(limit.metric) : limit.metric === drawn,
    )
    .map(({ above, below }) => quantityValue(above ?? below ?? ''))
    .filter((value) => value !== null);
  return [...new Set(values)].sort((a, b) => a - b);
}
