import { readFileSync } from 'node:fs';
import { isIPv4 } from 'node:net';
import { canonical, type PolicyContext } from './address-policy.ts';

/** Default gateways out of /proc/net/route: destination and gateway are little-endian hex, flag 2 is RTF_GATEWAY. */
export function parseIpv4Gateways(procNetRoute: string): string[] {
  return procNetRoute.split('\n').flatMap((line) => {
    const [, destination, gateway, flags, , , , mask] = line.split('\t');
    const isDefault = destination === '00000000' && mask === '00000000';
    if (!isDefault || gateway === undefined || (Number.parseInt(flags ?? '0', 16) & 2) === 0) return [];
    const value = Number.parseInt(gateway, 16);
    return [`${value & 255}.${(value >>> 8) & 255}.${(value >>> 16) & 255}.${value >>> 24}`];
  });
}

/** Default gateways out of /proc/net/ipv6_route: destination, prefix length, source, its length, next hop, ... flags. */
export function parseIpv6Gateways(procNetIpv6Route: string): string[] {
  return procNetIpv6Route.split('\n').flatMap((line) => {
    const [destination, length, , , hop, , , , flags] = line.split(/\s+/);
    if (length !== '00' || !/^0{32}$/.test(destination ?? '') || !/^[0-9a-f]{32}$/.test(hop ?? '')) return [];
    if ((Number.parseInt(flags ?? '0', 16) & 2) === 0) return [];
    return [canonical((hop ?? '').replace(/(.{4})(?!$)/g, '$1:'))];
  });
}

/** Name servers of a resolv.conf(5). */
export function parseResolvers(resolvConf: string): string[] {
  return [...resolvConf.matchAll(/^[ \t]*nameserver[ \t]+(\S+)/gm)].map(([, address = '']) =>
    canonical(address),
  );
}

/** The broadcast address of an IPv4 network, or null for networks too small to have one. */
export function broadcastOf(address: string, prefixLength: number): string | null {
  if (!isIPv4(address) || prefixLength > 30) return null;
  const value = address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
  const size = 2 ** (32 - prefixLength);
  const last = Math.floor(value / size) * size + size - 1;
  return [24, 16, 8, 0].map((shift) => (last >>> shift) & 255).join('.');
}

/** Name servers that an application on this host asks, in its order. */
export function hostNameServers(read: (path: string) => string = readIfThere): string[] {
  return parseResolvers(read('/etc/resolv.conf'));
}

export interface HostNetworkOptions {
  readonly allowLoopback: boolean;
  /** As os.networkInterfaces() says: addresses with prefix length. */
  interfaces(): Iterable<{ readonly address: string; readonly cidr: string | null }>;
  /** The text of a file of this host, empty where it cannot be read. */
  read?(path: string): string;
}

/** What the policy must know of this host. Where a system does not tell, nothing is excepted. */
export function hostPolicyContext(options: HostNetworkOptions): PolicyContext {
  const read = options.read ?? readIfThere;
  const resolvers = parseResolvers(read('/etc/resolv.conf'));
  // systemd-resolved hides the real servers behind its stub.
  if (resolvers.includes('127.0.0.53')) {
    resolvers.push(...parseResolvers(read('/run/systemd/resolve/resolv.conf')));
  }
  const broadcasts = [...options.interfaces()].flatMap(({ address, cidr }) => {
    const broadcast = cidr === null ? null : broadcastOf(address, Number(cidr.split('/')[1]));
    return broadcast === null ? [] : [broadcast];
  });
  return {
    ownServers: new Set([
      ...parseIpv4Gateways(read('/proc/net/route')),
      ...parseIpv6Gateways(read('/proc/net/ipv6_route')),
      ...resolvers,
    ]),
    broadcasts: new Set(broadcasts),
    allowLoopback: options.allowLoopback,
  };
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
