import Type from 'typebox';
import { closed, stringEnum } from '../kinds/schema.ts';
import { every, family, port, timeout } from './options.ts';
import type { Metric, Probe } from './probe.ts';
import { slotTimeoutMs, timeoutFitsCel } from './time-left.ts';

const STANDARD_TIMEOUT_MS = 10_000;
const MIB = 1024 * 1024;
/** What is read of a body, encoded, unless a test says more. */
const STANDARD_BODY_BYTES = 10 * MIB;
/** Most that a test may let the agent read or send in one slot. */
const MOST_BODY_BYTES = 1024 * MIB;
/** Data of a full packet on a path of 1,500 bytes, with time stamps (RFC 7323). */
const SEGMENT_BYTES = 1_448;

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'OPTIONS'] as const;
const HTTP_PROTOCOLS = ['any', 'http/1.1', 'h2'] as const;

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
    method: Type.Optional(
      stringEnum(METHODS, 'Method of the request. Absent: GET, or POST with uploadBytes.'),
    ),
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
    protocol: Type.Optional(
      stringEnum(
        HTTP_PROTOCOLS,
        'Protocol by its ALPN name. Absent: any, the server chooses by ALPN (RFC 7301); plain http is HTTP/1.1 unless h2 is asked for.',
      ),
    ),
    requests: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 20,
        description:
          'Requests of one slot, one after the other, over one connection as long as the server keeps it. Absent: 1.',
      }),
    ),
    body: Type.Optional(Type.String({ maxLength: 4_096, description: 'Body to send. Absent: none.' })),
    uploadBytes: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: MOST_BODY_BYTES,
        description: 'Send so many random bytes instead of a body. Absent: none.',
      }),
    ),
    maxBodyBytes: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: MOST_BODY_BYTES,
        description: 'Body of an answer that is read at most, encoded; more is an error. Absent: 10 MiB.',
      }),
    ),
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
  { ...closed, description: 'HTTP: a request on a new connection, each phase of it apart.' },
);

/** The options of an http slot with every default filled in. */
export function httpSettings(given: Readonly<Record<string, unknown>>, periodMs: number) {
  const o = given as Partial<{
    scheme: 'http' | 'https';
    path: string;
    method: (typeof METHODS)[number];
    headers: readonly { readonly name: string; readonly value: string }[];
    protocol: (typeof HTTP_PROTOCOLS)[number];
    requests: number;
    body: string;
    uploadBytes: number;
    maxBodyBytes: number;
    expectStatus: readonly number[];
    expectBody: string;
    follow: number;
    family: 'any' | 'ipv4' | 'ipv6';
    timeout: string;
  }>;
  return {
    scheme: o.scheme ?? 'https',
    path: o.path ?? '/',
    method: o.method ?? (o.uploadBytes === undefined ? 'GET' : 'POST'),
    headers: o.headers ?? [],
    protocol: o.protocol ?? 'any',
    requests: o.requests ?? 1,
    body: bodyToSend(o),
    maxBodyBytes: o.maxBodyBytes ?? STANDARD_BODY_BYTES,
    expectStatus: o.expectStatus ?? null,
    expectBody: o.expectBody ?? null,
    follow: o.follow ?? 0,
    family: o.family ?? 'any',
    timeoutMs: slotTimeoutMs(o.timeout, STANDARD_TIMEOUT_MS, periodMs),
  };
}

/** A text, or so many random bytes. */
export type HttpBody = { readonly text: string } | { readonly randomBytes: number };

function bodyToSend({ body, uploadBytes }: { body?: string; uploadBytes?: number }): HttpBody | null {
  if (uploadBytes !== undefined) return { randomBytes: uploadBytes };
  return body === undefined ? null : { text: body };
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
  meaning: `Answers with a status of class ${digit} (${words}), of all requests of the slot`,
  nullMeans: 'no answer came',
});

const rate = (way: 'download' | 'upload', meaning: string): Metric => ({
  name: `${way}_bits_per_second`,
  unit: 'bits_per_second',
  kind: 'gauge',
  better: 'higher',
  meaning,
  nullMeans:
    'too-short: it took less than 1 s or 10 round trips, and says nothing of the path; else there was no such body',
  wide: true,
});

const metrics: readonly Metric[] = [
  phase('total', 'From the beginning of the first request to its last byte, redirects included', {
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
  phase('request', 'From the first byte of the request to the acknowledged last one of its body', {
    nullMeans: 'the request had no uploadBytes, and left in one piece; or it did not come that far',
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
  rate('download', 'First to last byte of the body as it came over the wire'),
  rate('upload', 'First to last acknowledged byte of the body that was sent'),
  {
    name: 'reuse_ratio',
    unit: 'ratio',
    kind: 'gauge',
    better: 'higher',
    meaning: 'Of the requests after the first, the share that went over the connection of the one before',
    nullMeans: 'the slot has one request, or not all of them were answered',
    guideField: 'connection_reuse_ratio',
    guideUnit: '%',
  },
  {
    name: 'compression_ratio',
    unit: 'ratio',
    kind: 'gauge',
    better: 'higher',
    meaning: 'Decoded size over encoded size of the body; 1: not compressed',
    nullMeans: 'there was no body, its encoding is unknown, or it is larger than 10 MiB',
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
    meaning: 'Protocol of the answer by its ALPN name: http/1.1 or h2',
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
  summary: 'A request, its phases apart: name resolution, connect, TLS, first byte, download',
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
      'request_seconds',
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
  packetsPerSlot,
};

/**
 * Connection, handshake, request, an answer of a few packets, and the end, for each request; what a test sends or
 * lets come beyond that, the latter with an acknowledgement for each second packet (RFC 9293, 3.8.6.3).
 */
function packetsPerSlot(given: Readonly<Record<string, unknown>>): number {
  const { follow, requests, body } = httpSettings(given, Number.MAX_SAFE_INTEGER);
  const sent = body !== null && 'randomBytes' in body ? Math.ceil(body.randomBytes / SEGMENT_BYTES) : 0;
  const { maxBodyBytes } = given;
  const come = typeof maxBodyBytes === 'number' ? Math.ceil(maxBodyBytes / (2 * SEGMENT_BYTES)) : 0;
  return 16 * (follow + requests) + (sent + come) * requests;
}
