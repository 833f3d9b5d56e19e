import Type from 'typebox';
import { closed } from '../kinds/schema.ts';
import { every, family, port, timeout } from './options.ts';
import type { Metric, Probe } from './probe.ts';
import { slotTimeoutMs, timeoutFitsCel } from './time-left.ts';

export const TLS_DEFAULT_PORT = 443;
const STANDARD_TIMEOUT_MS = 5_000;

const options = Type.Object(
  {
    port: port('Port to connect to. Absent: that of the URL, else 443.'),
    serverName: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 253,
        format: 'host',
        description:
          'Name to ask for (SNI) and to find in the certificate. Absent: the host of the destination.',
      }),
    ),
    resume: Type.Optional(
      Type.Boolean({
        description:
          'After the handshake a second one, on a connection of its own, that offers the session of the first. Absent: false.',
      }),
    ),
    family,
    every,
    timeout: timeout('5s, or less where the interval leaves less'),
  },
  { ...closed, description: 'TLS: time of the handshake, and what the certificate says.' },
);

/** The options of a tls slot with every default filled in. */
export function tlsSettings(given: Readonly<Record<string, unknown>>, periodMs: number) {
  const o = given as { serverName?: string; resume?: boolean; timeout?: string };
  return {
    serverName: o.serverName ?? null,
    resume: o.resume ?? false,
    timeoutMs: slotTimeoutMs(o.timeout, STANDARD_TIMEOUT_MS, periodMs),
  };
}

export type TlsSettings = ReturnType<typeof tlsSettings>;

const NO_HANDSHAKE = 'the handshake did not finish';
const said = (name: string, meaning: string, nullMeans = NO_HANDSHAKE): Metric => ({
  name,
  unit: 'none',
  kind: 'state',
  better: null,
  meaning,
  nullMeans,
});

const metrics: readonly Metric[] = [
  {
    name: 'handshake_seconds',
    unit: 'seconds',
    kind: 'distribution',
    better: 'lower',
    meaning: 'From the established TCP connection to the finished TLS handshake (RFC 8446)',
    nullMeans: NO_HANDSHAKE,
    guideField: 'ssl_handshake_time',
    guideUnit: 'ms',
  },
  {
    name: 'validation_seconds',
    unit: 'seconds',
    kind: 'distribution',
    better: 'lower',
    meaning:
      'Checking signatures, dates and name of the chain (RFC 5280, 6), once more and alone, after the handshake',
    nullMeans: 'the chain ends at no root that this host trusts',
    guideField: 'certificate_validation_time',
    guideUnit: 'ms',
  },
  {
    name: 'expires_in_seconds',
    unit: 'seconds',
    kind: 'gauge',
    better: 'higher',
    meaning: 'Time until the certificate of the server expires; below 0: it has',
    nullMeans: NO_HANDSHAKE,
    wide: true,
  },
  {
    name: 'chain_ok',
    unit: 'none',
    kind: 'gauge',
    better: 'higher',
    meaning: '1: the chain leads to a root that this host trusts, and is valid now; 0: not',
    nullMeans: NO_HANDSHAKE,
  },
  {
    name: 'name_ok',
    unit: 'none',
    kind: 'gauge',
    better: 'higher',
    meaning: '1: the certificate is for the name that was asked for (RFC 9525); 0: not',
    nullMeans: NO_HANDSHAKE,
  },
  said(
    'chain_problem',
    'Why the chain is not trusted, in the words of OpenSSL',
    'it is trusted, or the handshake did not finish',
  ),
  said('version', 'Version of the protocol, such as TLSv1.3'),
  said('cipher', 'Cipher suite by its IANA name'),
  said(
    'alpn',
    'Application protocol chosen (RFC 7301)',
    'the server chose none, or the handshake did not finish',
  ),
  said('issuer', 'Issuer of the certificate of the server'),
  said('fingerprint', 'SHA-256 of the certificate of the server'),
  {
    name: 'fingerprint_changed',
    unit: 'count',
    kind: 'count',
    better: null,
    meaning: '1: another certificate than the last one that this agent saw there; 0: the same',
    nullMeans: 'first-sample: there was none before; else the handshake did not finish',
    event: { reason: 'CertificateChanged', words: 'certificate changed', perAgent: false },
  },
  {
    name: 'resumed',
    unit: 'none',
    kind: 'gauge',
    better: 'higher',
    meaning: '1: the server took its session up again (RFC 8446, 2.2); 0: it gave none, or did not',
    nullMeans: 'the test does not ask for it (resume), or the second connection did not come that far',
  },
  {
    name: 'resumed_handshake_seconds',
    unit: 'seconds',
    kind: 'distribution',
    better: 'lower',
    meaning: 'The handshake that took the session up again, without the connect',
    nullMeans: 'no session was taken up again',
  },
];

export const tls: Probe = {
  name: 'tls',
  summary: 'Time of the TLS handshake, and whether the certificate is valid, and for how long',
  perAgent: false,
  options,
  metrics,
  destinations: {
    host: { applies: true, means: 'handshake at the port', defaultPort: TLS_DEFAULT_PORT },
    url: { applies: true, means: 'handshake at the port of the URL', defaultPort: 'url' },
    service: { applies: true, means: 'handshake at the port of the Service' },
    agents: { applies: false, reason: 'agents listen on no port of their own yet' },
  },
  slotBudgetMs: (given, periodMs) => tlsSettings(given, periodMs).timeoutMs,
  slotFitsCel: timeoutFitsCel,
  /** Handshake of TCP, two flights each way with a chain of three packets, and the end. */
  packetsPerSlot: (given) => (tlsSettings(given, Number.MAX_SAFE_INTEGER).resume ? 20 : 10),
};
