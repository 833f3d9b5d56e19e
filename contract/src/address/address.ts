/** Grammar of destinations: what may stand in `host` and `url`. Whether it may be touched is the agent's policy. */

const IPV4 =
  /^(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\.(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])){3}$/;
const LABEL = '[A-Za-z0-9_]([-A-Za-z0-9_]{0,61}[A-Za-z0-9_])?';
const HOST_NAME_PATTERN = `^${LABEL}([.]${LABEL})*[.]?$`;
const HOST_NAME = new RegExp(HOST_NAME_PATTERN);
/** A last label that is a number in any base: what inet_aton would read as an address. */
const NUMERIC_TAIL_PATTERN = '(^|[.])([0-9]+|0[xX][0-9a-fA-F]*)[.]?$';
const NUMERIC_TAIL = new RegExp(NUMERIC_TAIL_PATTERN);
const PORT = '([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])';
const REST = `(:${PORT})?([/?#]([!-$&-~]|%[0-9A-Fa-f]{2})*)?$`;
/** Scheme, host, port and the rest of RFC 3986; what the host is, is asked apart. */
const NAMED_URL_PATTERN = `^https?://([-A-Za-z0-9_.]{1,253})${REST}`;
const IPV6_URL_PATTERN = `^https?://\\[([0-9A-Fa-f.]*:[0-9A-Fa-f:.]*)\\]${REST}`;
const NAMED_URL = new RegExp(NAMED_URL_PATTERN);
const IPV6_URL = new RegExp(IPV6_URL_PATTERN);

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

/** A literal address that is not IPv4 dressed up as IPv6. */
export function isIpAddress(text: string): boolean {
  if (parseIpv4(text) !== null) return true;
  const v6 = parseIpv6(text);
  return v6 !== null && !isIpv4Mapped(v6);
}

/** A host name or a literal address in its usual form; no scheme, port, path, hex, octal or mapped address. */
export function isHost(text: string): boolean {
  return isIpAddress(text) || (text.length <= 253 && HOST_NAME.test(text) && !NUMERIC_TAIL.test(text));
}

/** An absolute http or https URL in ASCII with a host, without user information. */
export function isHttpUrl(text: string): boolean {
  const named = NAMED_URL.exec(text)?.[1];
  if (named !== undefined) return isHost(named);
  const v6 = IPV6_URL.exec(text)?.[1];
  return v6 !== undefined && isIpAddress(v6);
}

// The same in CEL, over `self`. Its isIP knows neither mapped addresses nor zones. Parts of a URL are cut out by
// position: url() knows no bound for their length, and the API server would take each for 3 MB.
const hostCel = (text: string): string =>
  `isIP(${text}) || (!${text}.matches(r'${NUMERIC_TAIL_PATTERN}') && ${text}.matches(r'${HOST_NAME_PATTERN}'))`;
export const IP_CEL = 'isIP(self)';
export const HOST_CEL = hostCel('self');
export const HTTP_URL_CEL = `(self.matches(r'${NAMED_URL_PATTERN}') && [self.split('/')[2].split('?')[0].split('#')[0].split(':')[0]].all(h, ${hostCel('h')})) || (self.matches(r'${IPV6_URL_PATTERN}') && isIP(self.split(']')[0].split('[')[1]))`;

/** Host (without the brackets of IPv6) and port that a URL leads to, of those that `isHttpUrl` takes. */
export function urlEndpoint(text: string): { host: string; port: number } {
  const [, host, , port] = NAMED_URL.exec(text) ?? IPV6_URL.exec(text) ?? [];
  if (host === undefined) throw new Error(`${text} was not checked: it is no URL of http or https`);
  const standard = text.startsWith('https:') ? 443 : 80;
  return { host: host.toLowerCase(), port: port === undefined ? standard : Number(port) };
}
