import { isIPv6 } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { TraceSettings } from '@streamswarm/contract/probes/trace';
import type { EchoRequest, PacketEngine } from '../../native/packet-engine.ts';
import type { ProbeOutcome } from '../probe-outcome.ts';
import { failedOutcome } from '../probe-runner.ts';
import { judgePath } from './judge-path.ts';
import { PathRecord } from './path-record.ts';
import { readAnswer } from './read-answer.ts';

export type TraceOptions = TraceSettings & Pick<EchoRequest, 'dscp'>;

/** Data of each packet: room for what keeps the checksum, and so the flow, the same. */
const SIZE = 56;

/**
 * One trace to a literal address: rounds of one packet for each TTL, not waiting for answers in between, so that a
 * silent path costs no more than its packets and one wait. Once the end is known no packet goes beyond it.
 */
export async function runTrace(
  engine: PacketEngine,
  target: { address: string },
  options: TraceOptions,
): Promise<ProbeOutcome> {
  const { icmp4, icmp6 } = engine.capabilities;
  const capability = isIPv6(target.address) ? icmp6 : icmp4;
  if (typeof capability === 'object') {
    return failedOutcome('trace', 'local', capability.reason, capability.reason);
  }
  const record = new PathRecord(target.address);
  const { dscp, timeoutMs, spacingMs } = options;
  const packet = { count: 1, spacingMs: 0, timeoutMs, size: SIZE, ...(dscp === undefined ? {} : { dscp }) };
  const ask = async (ttl: number, round: number): Promise<void> => {
    const result = await engine.echo({ ...packet, address: target.address, hopLimit: ttl });
    record.add(ttl, round, readAnswer(target.address, result, timeoutMs));
  };
  const asked: Promise<void>[] = [];
  let dueMs = performance.now();
  for (let round = 0; round < options.count; round++) {
    for (let ttl = 1; ttl <= (record.end ?? options.maxHops); ttl++) {
      const answer = ask(ttl, round);
      // It may fail before anyone waits for it below, where it still counts.
      answer.catch(() => undefined);
      asked.push(answer);
      dueMs += spacingMs;
      await delay(Math.max(0, dueMs - performance.now()));
    }
  }
  await Promise.all(asked);
  return judgePath(record);
}
