/** Grammar of destinations: what may stand in `host` and `url`. Whether it may be touched is the agent's policy. */

const IPV4 =
  /^(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\.(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])){3}$/;
const LABEL = '[A-Za-z0-9_]([-A-Za-z0-9_]{0,61}[A-Za-z0-9_])?';
const HOST_NAME = new RegExp(`^${LABEL}(\\.${LABEL})*\\.?$`);
/** A last label that is a number in any base: what inet_aton would read as an address. */
const NUMERIC_TAIL = /(^|\.)([0-9]+|0[xX][0-9a-fA-F]*)\.?$/;

/** The bytes of a literal IPv4 address in its one usual form, else null. */
export function parseIpv4(text: string): number[] | null {
  return IPV4.test(text) ? text.split('.').map(Number) : null;
}

/** The eight groups of a literal IPv6 address without zone (RFC 4291, 2.2), else null. */
export function parseIpv6(text: string): number[] | null {
  if (!/^[0-9a-fA-F:.]+$/.test(text) || !text.includes(':')) return null;
  let tail: number[] = [];
  let head = text;
  const lastColon = text.lastIndexOf(':');
  if (text.includes('.')) {
    const v4 = parseIpv4(text.slice(lastColon + 1));
    if (v4 === null) return null;
    const [a, b, c, d] = v4 as [number, number, number, number];
    tail = [a * 256 + b, c * 256 + d];
    head = text.slice(0, lastColon);
    if (head.endsWith(':')) head += ':';
  }
  const halves = head.split('::');
  if (halves.length > 2) return null;
  const groups = (part: string | undefined): number[] | null => {
    if (part === undefined || part === '' || part === ':') return [];
    const words = part.split(':');
    return words.every((word) => /^[0-9a-fA-F]{1,4}$/.test(word))
      ? words.map((w) => Number.parseInt(w, 16))
      : null;
  };
  const left = groups(halves[0]);
  const right = groups(halves[1]);
  if (left === null || right === null) return null;
  const known = left.length + right.length + tail.length;
  if (halves.length === 1) return known === 8 ? [...left, ...tail] : null;
  return known <= 7 ? [...left, ...new Array<number>(8 - known).fill(0), ...right, ...tail] : null;
}

export function isIpLiteral(text: string): boolean {
  return parseIpv4(text) !== null || parseIpv6(text) !== null;
}

export function isIpv4Mapped(groups: readonly number[]): boolean {
  return groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
}

/** A host name or a literal address in its usual form; no scheme, port, path, hex, octal or mapped address. */
export function isHost(text: string): boolean {
  if (parseIpv4(text) !== null) return true;
  const v6 = parseIpv6(text);
  if (v6 !== null) return !isIpv4Mapped(v6);
  return text.length <= 253 && HOST_NAME.test(text) && !NUMERIC_TAIL.test(text);
}

/** An absolute http or https URL with a host, without user information. */
export function isHttpUrl(text: string): boolean {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) return false;
  const url = new URL(text);
  return url.hostname !== '' && url.username === '' && url.password === '';
}

/** Host and port that a URL leads to; the brackets of an IPv6 literal are taken off. */
export function urlEndpoint(text: string): { host: string; port: number } {
  const url = new URL(text);
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port };
}
