import type { EchoResult } from '../../native/packet-engine.ts';

export interface IcmpErrorCount {
  type: number;
  code: number;
  count: number;
}

/** ICMP errors by type and code, in order of first arrival; null for none. */
export function countIcmpErrors(errors: EchoResult['icmpErrors']): IcmpErrorCount[] | null {
  const counts = new Map<string, IcmpErrorCount>();
  for (const { type, code } of errors) {
    const known = counts.get(`${type}/${code}`);
    if (known === undefined) counts.set(`${type}/${code}`, { type, code, count: 1 });
    else known.count++;
  }
  return counts.size === 0 ? null : [...counts.values()];
}
