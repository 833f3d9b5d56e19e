import { createHash } from 'node:crypto';
import type { TraceHop } from '@streamswarm/contract/probes/trace';
import { nullsOf } from '../null-metrics.ts';
import type { ProbeOutcome } from '../probe-outcome.ts';
import { failedOutcome } from '../probe-runner.ts';
import type { PathRecord } from './path-record.ts';

const HASH_DIGITS = 16;

/** What a trace means: ok where the destination answered, whatever is silent on the way. */
export function judgePath(record: PathRecord): ProbeOutcome {
  const { unsentReason } = record;
  if (unsentReason !== null) return failedOutcome('trace', 'local', unsentReason);
  const path = record.path();
  const unreachable = path.at(-1)?.unreachable;
  const metrics = {
    hops: record.hops,
    last_responding_ttl: record.lastRespondingTtl,
    ...record.counts(),
    first_hop_rtt_seconds: smallest(path[0]?.rtts_seconds ?? []),
    path_hash: path.length === 0 ? null : pathHash(path),
    path: path.length === 0 ? null : path,
  };
  const measured = { metrics, nulls: nullsOf(metrics, 'timeout') };
  if (record.hops !== null) return { outcome: 'ok', ...measured };
  if (unreachable === undefined) return { outcome: 'lost', ...measured };
  return { outcome: 'error', source: 'network', reason: unreachable, ...measured };
}

/** One name for all traces that saw the same addresses in the same order, silent hops left out. */
export function pathHash(path: readonly TraceHop[]): string {
  const addresses = path.flatMap(({ address }) => (address === null ? [] : [address]));
  return createHash('sha256').update(addresses.join('\n')).digest('hex').slice(0, HASH_DIGITS);
}

function smallest(values: readonly number[]): number | null {
  return values.length === 0 ? null : Math.min(...values);
}
