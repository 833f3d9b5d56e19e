import { isIPv6 } from 'node:net';
import type { EchoRequest, EchoResult, PacketEngine } from '../../native/packet-engine.ts';
import type { ProbeOutcome } from '../probe-outcome.ts';
import { icmpErrorReason, sendFailureReason } from './icmp-failure.ts';
import { icmpMetrics, nullIcmpMetrics } from './icmp-metrics.ts';

/** Times in ms, size in bytes behind the ICMP header. */
export type IcmpOptions = Pick<
  EchoRequest,
  'count' | 'size' | 'dscp' | 'dontFragment' | 'spacingMs' | 'timeoutMs' | 'source'
>;

/** One slot of echo requests to one literal address. */
export async function runIcmp(
  engine: PacketEngine,
  target: { address: string },
  options: IcmpOptions,
): Promise<ProbeOutcome> {
  const { icmp4, icmp6 } = engine.capabilities;
  const capability = isIPv6(target.address) ? icmp6 : icmp4;
  if (typeof capability === 'object') {
    const { reason } = capability;
    return { outcome: 'error', source: 'local', reason, ...nullIcmpMetrics(reason) };
  }
  return judge(target.address, await engine.echo({ ...options, address: target.address }));
}

/** What the result of an echo request means: one answer is enough for ok, an ICMP error is no loss. */
export function judge(address: string, result: EchoResult): ProbeOutcome {
  if (result.sent === 0) {
    const reason = sendFailureReason(result.sendErrors);
    return { outcome: 'error', source: 'local', reason, ...nullIcmpMetrics('not-applicable') };
  }
  const measured = icmpMetrics(result);
  const received = result.replies.filter((reply) => !reply.duplicate).length;
  if (result.receiveDrops > 0 && received < result.sent) {
    // Our own buffer overflowed: these losses say nothing about the path.
    return { outcome: 'error', source: 'local', reason: 'receive-buffer-full', ...measured };
  }
  if (received > 0) return { outcome: 'ok', ...measured };
  const [error] = result.icmpErrors;
  if (error !== undefined) {
    return { outcome: 'error', source: 'network', reason: icmpErrorReason(address, error), ...measured };
  }
  return { outcome: 'lost', ...measured };
}
