import { parseIpv4, parseIpv6 } from '@streamswarm/contract/address/address';
import { embeddedIpv4 } from './embedded-ipv4.ts';

/** Why an address is not touched; the word stands in the books. */
export type Denial =
  | 'metadata-address'
  | 'link-local'
  | 'unspecified'
  | 'multicast'
  | 'broadcast'
  | 'loopback'
  | 'not-an-address';

export interface PolicyContext {
  /** Addresses that this host uses itself, whatever they are: its default gateways and resolvers. */
  readonly ownServers: ReadonlySet<string>;
  /** Broadcast addresses of this host's own networks. */
  readonly broadcasts: ReadonlySet<string>;
  readonly allowLoopback: boolean;
}

/**
 * Where clouds hand out credentials to whoever asks from the machine: AWS, Azure, GCP, DigitalOcean and others
 * (169.254.169.254 and its IPv6 twins), ECS and EKS tasks, Alibaba, Oracle, Azure's wire server.
 */
const METADATA = new Set([
  '169.254.169.254',
  '169.254.170.2',
  '169.254.170.23',
  '100.100.100.200',
  '192.0.0.192',
  '168.63.129.16',
  ...['fd00:ec2::254', 'fd00:ec2::23', 'fd20:ce::254', 'fe80::a9fe:a9fe'].map(canonical),
]);

/**
 * Whether an address may be touched: null, or why not. To be asked about the resolved address right before it is
 * used, because a name may lead elsewhere the next time. Names are not addresses.
 */
export function addressDenial(address: string, context: PolicyContext): Denial | null {
  const bare = address.replace(/%.*$/, '');
  const v4 = parseIpv4(bare);
  if (v4 !== null) return ipv4Denial(bare, v4, context);
  const v6 = parseIpv6(bare);
  return v6 === null ? 'not-an-address' : ipv6Denial(v6, context);
}

function ipv4Denial(address: string, octets: readonly number[], context: PolicyContext): Denial | null {
  const [a = 0, b = 0] = octets;
  if (a === 0) return 'unspecified';
  if (address === '255.255.255.255' || context.broadcasts.has(address)) return 'broadcast';
  if (a >= 224 && a < 240) return 'multicast';
  if (a === 127) return context.allowLoopback ? null : 'loopback';
  if (context.ownServers.has(address)) return null;
  if (METADATA.has(address)) return 'metadata-address';
  return a === 169 && b === 254 ? 'link-local' : null;
}

function ipv6Denial(groups: readonly number[], context: PolicyContext): Denial | null {
  const [a = 0] = groups;
  if (groups.every((group) => group === 0)) return 'unspecified';
  if (a >= 0xff00) return 'multicast';
  if (groups.slice(0, 7).every((group) => group === 0) && groups[7] === 1) {
    return context.allowLoopback ? null : 'loopback';
  }
  const address = groupsText(groups);
  if (context.ownServers.has(address)) return null;
  if (METADATA.has(address)) return 'metadata-address';
  if ((a & 0xffc0) === 0xfe80) return 'link-local';
  const inner = embeddedIpv4(groups).map((embedded) => addressDenial(embedded, context));
  // Of several readings all but one are accidents: they count only where they would reach what is never meant.
  const grave = inner.find((denial) => denial === 'metadata-address' || denial === 'link-local');
  return grave ?? (inner.length === 1 ? (inner[0] ?? null) : null);
}

/** One text for each address, however it was written: what the sets of a context are keyed by. */
export function canonical(address: string): string {
  const bare = address.replace(/%.*$/, '');
  const groups = parseIpv6(bare);
  return groups === null ? bare : groupsText(groups);
}

function groupsText(groups: readonly number[]): string {
  return groups.map((group) => group.toString(16)).join(':');
}
