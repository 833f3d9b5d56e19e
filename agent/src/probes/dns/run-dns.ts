import type { DnsSettings } from '@streamswarm/contract/probes/dns';
import type { Denied, ProbeOutcome } from '../probe-outcome.ts';
import { failedOutcome } from '../probe-runner.ts';
import type { Reach } from '../reach.ts';
import { ask, type RecordType } from './exchange.ts';
import { judgeDns } from './judge-dns.ts';

/** The question without recursion may take this share of the time: some resolvers never answer it. */
const KNOWN_SHARE = 1 / 4;

/** Asks one resolver for one name, as an absolute name: search domains are what `system_seconds` shows. */
export async function runDns(
  name: string,
  settings: DnsSettings,
  reach: Reach,
): Promise<ProbeOutcome | Denied> {
  const resolver = settings.resolver ?? reach.nameServers()[0];
  if (resolver === undefined) return failedOutcome('dns', 'local', 'no-resolver', 'unsupported');
  const denied = reach.denial(resolver);
  if (denied !== null) return { outcome: 'denied', reason: denied };

  const { port, transport, family, timeoutMs } = settings;
  const server = { address: resolver, port, transport };
  const absolute = name.replace(/\.$/, '');
  const endMs = performance.now() + timeoutMs;
  const leftMs = (): number => Math.max(1, endMs - performance.now());
  const first: RecordType = family === 'ipv6' ? 'AAAA' : 'A';
  // First, and alone: the real questions would put the name into the cache.
  const known = await ask(server, { name: absolute, type: first, recursive: false }, timeoutMs * KNOWN_SHARE);
  const question = (type: RecordType) => ask(server, { name: absolute, type, recursive: true }, leftMs());
  const [a, aaaa] = await Promise.all([
    family === 'ipv6' ? null : question('A'),
    family === 'ipv4' ? null : question('AAAA'),
  ]);
  const system = await reach.resolve(name, family, leftMs());
  return judgeDns({ resolver, known, a, aaaa, system });
}
