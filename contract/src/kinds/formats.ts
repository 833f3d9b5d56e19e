import { HOST_CEL, HTTP_URL_CEL, IP_CEL, isHost, isHttpUrl, isIpAddress } from '../address/address.ts';
import { DSCP_CLASSES, parseDscp } from '../probes/dscp.ts';
import { celList, celMatches } from './cel.ts';
import { CRON_CEL, isCronLine } from './cron-line.ts';
import { type Format, textFormat } from './format.ts';
import { isTime, isTimeZone, TIME_CEL, TIME_ZONE_CEL } from './times.ts';

// [^\\W_] is a letter or digit. The pattern is short because its length times 64 destinations times their selectors
// is what the API server counts as its cost.
const LABEL_VALUE = '^([^\\W_]([-.\\w]*[^\\W_])?)?$';
const LABEL_KEY = '^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$';
const CODE_POINTS = Array.from({ length: 64 }, (_, point) => String(point));

/** A format that one pattern says whole. */
function pattern(source: string, message: string): Format {
  const expression = new RegExp(source);
  return textFormat(message, celMatches('self', source), (text) => expression.test(text));
}

/** Formats by the name under which a schema of the contract asks for them (`format: 'host'`). */
export const FORMATS: Readonly<Record<string, Format>> = {
  name: pattern(
    '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
    'must consist of lower-case letters, digits and hyphens, and begin and end with a letter or digit',
  ),
  'node-name': pattern(
    '^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$',
    'must be the name of a node: lower-case letters, digits, hyphens and dots',
  ),
  host: textFormat(
    'must be a host name or an IP address, without scheme, port or path (use url for those); numbers in hex or octal and IPv4-mapped IPv6 are refused',
    HOST_CEL,
    isHost,
  ),
  'http-url': textFormat(
    'must be an absolute URL that begins with http:// or https://, without user name or password; other than ASCII is written as %XX, and host names in their xn-- form',
    HTTP_URL_CEL,
    isHttpUrl,
  ),
  'http-path': pattern(
    '^/([!-~])*$',
    'must begin with / and be ASCII without spaces; other letters are written as %XX',
  ),
  'http-token': pattern(
    '^[-!#$%&\\x27*+.^_`|~0-9A-Za-z]+$',
    'must be the name of a header field, such as x-check',
  ),
  'http-value': pattern('^([ -~]*)$', 'must be printable ASCII on one line'),
  'ip-address': textFormat('must be an IPv4 or IPv6 address', IP_CEL, isIpAddress),
  rfc3339: textFormat(
    'must be a date and time with its zone, such as 2026-12-01T09:00:00+01:00',
    TIME_CEL,
    isTime,
  ),
  cron: textFormat(
    'must be five cron fields such as "*/15 * * * *" (minute hour day month weekday; lists 1,2, steps */5, ranges that go up such as 9-17 or mon-fri), or @hourly, @daily, @weekly, @monthly, @yearly',
    CRON_CEL,
    isCronLine,
  ),
  'time-zone': textFormat(
    'must be UTC or a time zone of the IANA database written as there, such as Europe/Berlin',
    TIME_ZONE_CEL,
    isTimeZone,
  ),
  quantity: pattern(
    '^-?[0-9]+([.][0-9]+)?(ns|us|ms|s|m|h|%|k|M|G|T)?$',
    'must be a number with its unit, in quotes: 50ms, 1%, 100M or, of what is only counted, 3',
  ),
  dscp: {
    message: 'must be a number from 0 to 63 or a class: be, ef, va, le, cs0 to cs7, af11 to af43',
    ok: (value) => (typeof value === 'number' || typeof value === 'string') && parseDscp(value) !== null,
    // A list and no pattern: adding up costs, the API server takes a number-or-text for 3 MB long.
    cel: `type(self) == int ? int(self) >= 0 && int(self) <= 63 : self in ${celList([...DSCP_CLASSES, ...CODE_POINTS])}`,
  },
  'service-port': {
    message: 'must be a port number from 1 to 65535 or the name of a port of the Service',
    ok: (value) => typeof value !== 'number' || (value >= 1 && value <= 65_535),
    // The length of a name is the schema's: what the API server takes a number-or-text for is 3 MB long.
    cel: 'type(self) != int || (int(self) >= 1 && int(self) <= 65535)',
  },
  'label-value': pattern(
    LABEL_VALUE,
    'must be a label value: letters, digits, hyphens, dots and underscores, at most 63',
  ),
  'label-key': pattern(LABEL_KEY, 'must be a label key, such as zone or topology.kubernetes.io/zone'),
  annotations: {
    message: 'may be 256 KiB in all',
    ok: (value) =>
      new TextEncoder().encode(
        Object.entries(value ?? {})
          .flat()
          .join(''),
      ).length <= 262_144,
    // The API server keeps the same bound for every object.
    cel: 'true',
  },
  'label-condition': {
    message: 'In and NotIn need values, Exists and DoesNotExist take none',
    ok(value) {
      const { operator, values } = (value ?? {}) as { operator?: string; values?: readonly unknown[] };
      const some = Array.isArray(values) && values.length > 0;
      return operator === 'In' || operator === 'NotIn' ? some : !some;
    },
    cel: "self.operator in ['In', 'NotIn'] ? has(self.values) && size(self.values) > 0 : !has(self.values) || size(self.values) == 0",
  },
};
