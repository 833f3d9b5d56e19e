import type { Answer } from 'dns-packet';
import type { Resolution } from '../../resolve/resolver.ts';
import { nullsOf } from '../null-metrics.ts';
import type { NullReason, ProbeOutcome } from '../probe-outcome.ts';
import type { Exchange } from './exchange.ts';

/** All that one slot has heard; null where it was not asked. */
export interface DnsHeard {
  readonly resolver: string;
  /** Without recursion, before the others: what the resolver knew already. */
  readonly known: Exchange | null;
  readonly a: Exchange | null;
  readonly aaaa: Exchange | null;
  readonly system: Resolution;
}

/** What one slot means. */
export function judgeDns(heard: DnsHeard): ProbeOutcome {
  const asked = [heard.a, heard.aaaa].filter((exchange) => exchange !== null);
  const answered = asked.filter((exchange) => exchange.kind === 'answer');
  const records = answered.flatMap(({ message }) => message.answers ?? []);
  const addresses = records.filter(({ type }) => type === 'A' || type === 'AAAA').length;
  const metrics: ProbeOutcome['metrics'] = {
    query_seconds: secondsOf(heard.a),
    query_aaaa_seconds: secondsOf(heard.aaaa),
    system_seconds: 'addresses' in heard.system ? heard.system.seconds : null,
    rcode: rcodeOf(heard.a),
    rcode_aaaa: rcodeOf(heard.aaaa),
    answers: answered.length > 0 ? addresses : null,
    ttl_seconds: smallestTtl(records),
    truncated: answered.length > 0 ? answered.filter(({ wasTruncated }) => wasTruncated).length : null,
    cache_hit_ratio: cacheHit(heard.known),
    resolver: heard.resolver,
  };
  const silence: NullReason = answered.length === 0 ? 'timeout' : 'not-applicable';
  const nulls = nullsOf(metrics, silence, {
    ...reasonsFor(heard.a, ['query_seconds', 'rcode']),
    ...reasonsFor(heard.aaaa, ['query_aaaa_seconds', 'rcode_aaaa']),
    cache_hit_ratio: heard.known?.kind === 'timeout' ? 'timeout' : 'unsupported',
    system_seconds:
      'reason' in heard.system && heard.system.reason === 'timeout' ? 'timeout' : 'not-applicable',
  });
  return { ...outcomeOf(asked, addresses), metrics, nulls, address: heard.resolver };
}

function outcomeOf(
  asked: readonly Exchange[],
  addresses: number,
): Pick<ProbeOutcome, 'outcome' | 'source' | 'reason'> {
  if (addresses > 0) return { outcome: 'ok' };
  const rcodes = asked.map(rcodeOf).filter((rcode) => rcode !== null);
  const refusal = rcodes.find((rcode) => rcode !== 'NOERROR');
  if (refusal !== undefined) return { outcome: 'error', source: 'resolver', reason: refusal.toLowerCase() };
  if (rcodes.length > 0) return { outcome: 'error', source: 'resolver', reason: 'no-data' };
  const failed = asked.find((exchange) => exchange.kind === 'failed');
  if (failed === undefined) return { outcome: 'lost' };
  const isRefused = failed.code === 'ECONNREFUSED';
  return {
    outcome: 'error',
    source: 'resolver',
    reason: isRefused ? 'refused-port' : failed.code.toLowerCase(),
  };
}

function secondsOf(exchange: Exchange | null): number | null {
  return exchange?.kind === 'answer' ? exchange.seconds : null;
}

function rcodeOf(exchange: Exchange | null): string | null {
  if (exchange?.kind !== 'answer') return null;
  // dns-packet decodes the code and its types do not say so.
  const { rcode } = exchange.message as unknown as { rcode?: string };
  return rcode ?? null;
}

/** 1 for records out of the cache, 0 where it says that it has none; null where it refuses to be asked so. */
function cacheHit(known: Exchange | null): number | null {
  const rcode = rcodeOf(known);
  if (known?.kind !== 'answer' || (rcode !== 'NOERROR' && rcode !== 'NXDOMAIN')) return null;
  return rcode === 'NXDOMAIN' || (known.message.answers ?? []).length > 0 ? 1 : 0;
}

function smallestTtl(records: readonly Answer[]): number | null {
  const ttls = records.flatMap((record) =>
    'ttl' in record && typeof record.ttl === 'number' ? [record.ttl] : [],
  );
  return ttls.length > 0 ? Math.min(...ttls) : null;
}

function reasonsFor(exchange: Exchange | null, names: readonly string[]): Record<string, NullReason> {
  const reason: NullReason = exchange?.kind === 'timeout' ? 'timeout' : 'not-applicable';
  return Object.fromEntries(names.map((name) => [name, reason]));
}
