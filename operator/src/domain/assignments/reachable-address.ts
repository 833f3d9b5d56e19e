import { parseIpv4, parseIpv6 } from '@streamswarm/contract';

/**
 * The address by which others reach a host, out of those of its interfaces: IPv4 before IPv6, and none that means
 * something on the host or link alone (loopback, link-local). Null where there is no such address.
 */
export function reachableAddress(addresses: readonly string[]): string | null {
  const v4 = addresses.find((address) => {
    const bytes = parseIpv4(address);
    return bytes !== null && bytes[0] !== 127 && !(bytes[0] === 169 && bytes[1] === 254) && bytes[0] !== 0;
  });
  if (v4 !== undefined) return v4;
  const v6 = addresses.find((address) => {
    const groups = parseIpv6(address);
    // ::1, :: and fe80::/10 (RFC 4291, 2.4)
    if (groups === null || groups.slice(0, 7).every((group) => group === 0)) return false;
    return ((groups[0] ?? 0) & 0xffc0) !== 0xfe80;
  });
  return v6 ?? null;
}
