const nonZeroBefore = (groups: readonly number[], end: number): boolean =>
  groups.slice(0, end).some((group) => group !== 0);

const dotted = (high = 0, low = 0): string => `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;

/**
 * IPv4 addresses that a packet to this IPv6 address may end at: a translator or tunnel on the way takes them out.
 * `groups` are the eight 16-bit groups of the address. More than one where the form leaves open which it is.
 */
export function embeddedIpv4(groups: readonly number[]): string[] {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = groups;
  const last = dotted(g, h);
  // IPv4-mapped and IPv4-compatible (RFC 4291, 2.5.5); ::1 and :: are neither.
  if (!nonZeroBefore(groups, 5) && f === 0xffff) return [last];
  if (!nonZeroBefore(groups, 6) && g !== 0) return [last];
  // IPv4-translated ::ffff:0:a.b.c.d (RFC 2765, 2.1).
  if (!nonZeroBefore(groups, 4) && e === 0xffff && f === 0) return [last];
  // NAT64 (RFC 6052, 2.1; RFC 8215). The local-use prefix may be cut at 48, 56, 64 or 96 bits (RFC 6052, 2.2),
  // and bits 64 to 71 are never part of the address.
  if (a === 0x64 && b === 0xff9b && c === 0 && d === 0 && e === 0 && f === 0) return [last];
  if (a === 0x64 && b === 0xff9b && c === 1) {
    const octet = (high: number, low: number): number => (high << 8) | low;
    return [
      last,
      dotted(d, octet(e & 255, f >> 8)),
      dotted(octet(d & 255, e & 255), f),
      dotted(octet(e & 255, f >> 8), octet(f & 255, g >> 8)),
    ];
  }
  // 6to4 (RFC 3056, 2).
  if (a === 0x2002) return [dotted(b, c)];
  // Teredo (RFC 4380, 4): server, and client with its bits turned over.
  if (a === 0x2001 && b === 0) return [dotted(c, d), dotted(g ^ 0xffff, h ^ 0xffff)];
  // ISATAP (RFC 5214, 6.1).
  if ((e === 0 || e === 0x200) && f === 0x5efe) return [last];
  return [];
}
