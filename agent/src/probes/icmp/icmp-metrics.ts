import type { EchoReply, EchoResult } from '../../native/packet-engine.ts';
import type { NullReason, ProbeOutcome } from '../probe-outcome.ts';
import { countIcmpErrors } from './count-icmp-errors.ts';
import { countReordered } from './count-reordered.ts';
import { adjacentDifferences, smoothedJitter } from './delay-variation.ts';
import { lossRuns } from './loss-runs.ts';
import { nearestRank } from './nearest-rank.ts';

type Metrics = ProbeOutcome['metrics'];

/** Raw round trips that a sample keeps. */
const MAX_RTTS = 100;

/**
 * Every icmp metric of one slot, all times in seconds. Losses and adjacency are over the requests that were
 * really sent; a duplicate counts as nothing but a duplicate. `nulls` names the reason of each null.
 */
export function icmpMetrics(result: EchoResult): { metrics: Metrics; nulls: Record<string, NullReason> } {
  const byArrival = result.replies.filter((reply) => !reply.duplicate);
  const inSendOrder = [...byArrival].sort((a, b) => a.seq - b.seq);
  const isAnswered = byArrival.length > 0;
  const runs = lossRuns(result.sent, new Set(byArrival.map((reply) => reply.seq)));
  const metrics: Metrics = {
    sent: result.sent,
    received: byArrival.length,
    duplicates: result.replies.length - byArrival.length,
    reordered: countReordered(byArrival.map((reply) => reply.seq)),
    ...rttMetrics(inSendOrder.map((reply) => reply.rttSeconds)),
    stamp: isAnswered ? (byArrival.every(isKernelStamped) ? 'kernel' : 'user') : null,
    local_queue_seconds: largest(byArrival.map((reply) => reply.localQueueSeconds)),
    self_error_seconds: largest(byArrival.filter(isKernelStamped).map(selfError)),
    ...variationMetrics(inSendOrder),
    loss_run_max: runs.longest,
    loss_bursts: runs.runs,
    ttl: byArrival.at(-1)?.ttl ?? null,
    icmp_errors: countIcmpErrors(result.icmpErrors),
  };
  return { metrics, nulls: nullReasons(metrics, isAnswered) };
}

const isKernelStamped = (reply: EchoReply): boolean => reply.stamp === 'kernel';

/** The kernel's interval lies inside user space's; what is below 0 is noise of the clocks, not an error. */
const selfError = (reply: EchoReply): number => Math.max(0, reply.userRttSeconds - reply.rttSeconds);

function largest(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : Math.max(...known);
}

function rttMetrics(rtts: readonly number[]): Metrics {
  const isEmpty = rtts.length === 0;
  return {
    rtts_seconds: isEmpty ? null : rtts.slice(0, MAX_RTTS),
    rtt_min_seconds: isEmpty ? null : Math.min(...rtts),
    rtt_mean_seconds: isEmpty ? null : rtts.reduce((sum, rtt) => sum + rtt, 0) / rtts.length,
    rtt_p50_seconds: nearestRank(rtts, 50),
    rtt_p95_seconds: nearestRank(rtts, 95),
    rtt_p99_seconds: nearestRank(rtts, 99),
    rtt_max_seconds: isEmpty ? null : Math.max(...rtts),
  };
}

function variationMetrics(inSendOrder: readonly EchoReply[]): Metrics {
  const differences = adjacentDifferences(inSendOrder);
  const rtts = inSendOrder.map((reply) => reply.rttSeconds);
  const least = Math.min(...rtts);
  return {
    jitter_seconds: smoothedJitter(differences),
    // RFC 3393 is signed; the magnitude is what grows as a path gets worse (its section 4.5 does the same).
    ipdv_p99_seconds: nearestRank(
      differences.map((difference) => Math.abs(difference)),
      99,
    ),
    // RFC 5481, 4.2: delay minus the smallest delay of the sample.
    pdv_p99_seconds: nearestRank(
      rtts.map((rtt) => rtt - least),
      99,
    ),
  };
}

const NEEDS_KERNEL = new Set(['local_queue_seconds', 'self_error_seconds', 'ttl']);

function nullReasons(metrics: Metrics, isAnswered: boolean): Record<string, NullReason> {
  const nulls: Record<string, NullReason> = {};
  for (const [name, value] of Object.entries(metrics)) {
    if (value !== null) continue;
    if (name === 'icmp_errors') nulls[name] = 'not-applicable';
    else if (!isAnswered) nulls[name] = 'timeout';
    else nulls[name] = NEEDS_KERNEL.has(name) ? 'unsupported' : 'not-applicable';
  }
  return nulls;
}

/** The names of all icmp metrics, null for one and the same reason. */
export function nullIcmpMetrics(reason: NullReason): { metrics: Metrics; nulls: Record<string, NullReason> } {
  const nothing: EchoResult = { sent: 0, sendErrors: [], replies: [], icmpErrors: [], receiveDrops: 0 };
  const names = Object.keys(icmpMetrics(nothing).metrics);
  return {
    metrics: Object.fromEntries(names.map((name) => [name, null])),
    nulls: Object.fromEntries(names.map((name) => [name, reason])),
  };
}
