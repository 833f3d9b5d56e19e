import Type from 'typebox';
import { closed, stringEnum } from '../kinds/schema.ts';
import { every, family, port, timeout } from './options.ts';
import type { Metric, Probe } from './probe.ts';
import { slotTimeoutMs, timeoutFitsCel } from './time-left.ts';

const STANDARD_TIMEOUT_MS = 10_000;
/** What is read of a body, encoded; more is not measured. */
export const HTTP_MAX_BODY_BYTES = 10 * 1024 * 1024;

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'OPTIONS'] as const;

const options = Type.Object(
  {
    scheme: Type.Optional(
      stringEnum(['https', 'http'], 'Scheme for a host or Service. Absent: https. A URL says it itself.'),
    ),
    port: port('Port for a host or Service. Absent: that of the scheme. A URL says it itself.'),
    path: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 1_024,
        format: 'http-path',
        description: 'Path and query for a host or Service. Absent: /. A URL says it itself.',
      }),
    ),
    method: Type.Optional(stringEnum(METHODS, 'Method of the request. Absent: GET.')),
    headers: Type.Optional(
      Type.Array(
        Type.Object(
          {
            name: Type.String({
              minLength: 1,
              maxLength: 64,
              format: 'http-token',
              description: 'Field name.',
            }),
            value: Type.String({
              maxLength: 1_024,
              format: 'http-value',
              description: 'Field value; everyone who may read the test can read it.',
            }),
          },
          { ...closed, description: 'One header field.' },
        ),
        { maxItems: 16, description: 'Header fields to send. Absent: none but the usual.' },
      ),
    ),
    body: Type.Optional(Type.String({ maxLength: 4_096, description: 'Body to send. Absent: none.' })),
    expectStatus: Type.Optional(
      Type.Array(Type.Integer({ minimum: 100, maximum: 599, description: 'A status code.' }), {
        minItems: 1,
        maxItems: 16,
        description: 'Status codes that are ok; any other is an error. Absent: 100 to 399.',
      }),
    ),
    expectBody: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 256,
        description: 'Text that the decoded body must contain. Absent: anything.',
      }),
    ),
    follow: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 10, description: 'Redirects to follow. Absent: 0.' }),
    ),
    family,
    every,
    timeout: timeout('10s, or less where the interval leaves less'),
  },
  { ...closed, description: 'HTTP: one request on a new connection, each phase of it apart.' },
);

/** The options of an http slot with every default filled in. */
export function httpSettings(given: Readonly<Record<string, unknown>>, periodMs: number) {
  const o = given as Partial<{
    scheme: 'http' | 'https';
    path: string;
    method: (typeof METHODS)[number];
    headers: readonly { readonly name: string; readonly value: string }[];
    body: string;
    expectStatus: readonly number[];
    expectBody: string;
    follow: number;
    family: 'any' | 'ipv4' | 'ipv6';
    timeout: string;
  }>;
  return {
    scheme: o.scheme ?? 'https',
    path: o.path ?? '/',
    method: o.method ?? 'GET',
    headers: o.headers ?? [],
    body: o.body ?? null,
    expectStatus: o.expectStatus ?? null,
    expectBody: o.expectBody ?? null,
    follow: o.follow ?? 0,
    family: o.family ?? 'any',
    timeoutMs: slotTimeoutMs(o.timeout, STANDARD_TIMEOUT_MS, periodMs),
  };
}
export type HttpSettings = ReturnType<typeof httpSettings>;

const NOT_REACHED = 'the request did not come that far';
const phase = (name: string, meaning: string, rest: Partial<Metric> = {}): Metric => ({
  name: `${name}_seconds`,
  unit: 'seconds',
  kind: 'distribution',
  better: 'lower',
  meaning,
  nullMeans: NOT_REACHED,
  ...rest,
});
const answers = (digit: number, words: string): Metric => ({
  name: `responses_${digit}xx`,
  unit: 'count',
  kind: 'count',
  better: null,
  meaning: `Answers with a status of class ${digit} (${words}), redirects on the way included`,
  nullMeans: 'no answer came',
});

const metrics: readonly Metric[] = [
  phase('total', 'From the beginning to the last byte, everything included', {
    guideField: 'application_response_time',
    guideUnit: 'ms',
  }),
  phase('dns', 'Name resolution by the host (getaddrinfo)', {
    nullMeans: 'the destination is a literal address, or the name was not found',
  }),
  phase('connect', 'TCP handshake to the resolved address'),
  phase('tls', 'From the established connection to the finished TLS handshake', {
    nullMeans: 'plain http, or the request did not come that far',
  }),
  phase('ttfb', 'From the sent request to the first byte of the answer', {
    guideField: 'ttfb',
    guideUnit: 'ms',
  }),
  phase('download', 'From the first byte of the answer to its last', {
    guideField: 'content_download_time',
    guideUnit: 'ms',
  }),
  phase('redirect', 'All requests before the last one, where redirects were followed', {
    nullMeans: 'no redirect was followed',
  }),
  {
    name: 'status_code',
    unit: 'none',
    kind: 'fact',
    better: null,
    meaning: 'Status code of the last answer (RFC 9110, 15)',
    nullMeans: 'no answer came',
    guideField: 'http_response_codes',
    guideUnit: 'code',
  },
  answers(2, 'success'),
  answers(3, 'redirection'),
  answers(4, 'error of the client'),
  answers(5, 'error of the server'),
  {
    name: 'redirects',
    unit: 'count',
    kind: 'count',
    better: 'lower',
    meaning: 'Redirects followed',
    nullMeans: 'no answer came',
  },
  {
    name: 'body_bytes',
    unit: 'bytes',
    kind: 'gauge',
    better: null,
    meaning: 'Body as it came over the wire, encoded',
    nullMeans: 'no answer came whole',
    wide: true,
  },
  {
    name: 'compression_ratio',
    unit: 'ratio',
    kind: 'gauge',
    better: 'higher',
    meaning: 'Decoded size over encoded size of the body; 1: not compressed',
    nullMeans: 'there was no body, or its encoding is unknown',
    guideField: 'compression_ratio',
    guideUnit: '% saved',
  },
  {
    name: 'encoding',
    unit: 'none',
    kind: 'state',
    better: null,
    meaning: 'Content encoding of the answer',
    nullMeans: 'the answer was not encoded, or none came',
  },
  {
    name: 'protocol',
    unit: 'none',
    kind: 'state',
    better: null,
    meaning: 'Protocol of the answer, such as http/1.1',
    nullMeans: 'no answer came',
  },
  {
    name: 'cache_hit_ratio',
    unit: 'ratio',
    kind: 'gauge',
    better: 'higher',
    meaning: '1: a cache answered, 0: it had to ask; from Cache-Status (RFC 9211), X-Cache or Age (RFC 9111)',
    nullMeans: 'the answer names no cache',
    guideField: 'http_cache_hit_ratio',
    guideUnit: '%',
  },
  {
    name: 'server_db_seconds',
    unit: 'seconds',
    kind: 'distribution',
    better: 'lower',
    meaning: 'What the server says that its database took (Server-Timing: db;dur=)',
    nullMeans: 'the server does not say',
    guideField: 'database_query_time',
    guideUnit: 'ms',
  },
];

export const http: Probe = {
  name: 'http',
  summary: 'One request, its phases apart: name resolution, connect, TLS, first byte, download',
  perAgent: false,
  findsAddress: true,
  takesUrl: true,
  options,
  metrics,
  // Redirects come first: the other phases are those of the last request alone.
  phases: {
    total: 'total_seconds',
    parts: [
      'redirect_seconds',
      'dns_seconds',
      'connect_seconds',
      'tls_seconds',
      'ttfb_seconds',
      'download_seconds',
    ],
  },
  destinations: {
    host: { applies: true, means: 'request to the host' },
    url: { applies: true, means: 'request to the URL' },
    service: { applies: true, means: 'request to the port of the Service' },
    agents: { applies: false, reason: 'agents serve no pages of their own' },
  },
  slotBudgetMs: (given, periodMs) => httpSettings(given, periodMs).timeoutMs,
  slotFitsCel: timeoutFitsCel,
  /** Connection, handshake, request, an answer of a few packets, and the end. */
  packetsPerSlot: (given) => 16 * (1 + httpSettings(given, Number.MAX_SAFE_INTEGER).follow),
};
