import { randomFillSync } from 'node:crypto';
import { pipeline, Readable, type Writable } from 'node:stream';
import type { HttpBody, HttpSettings } from '@streamswarm/contract/probes/http';
import { AGENT_VERSION } from '../../version.ts';
import { ACCEPTED_ENCODINGS } from './decode-body.ts';

/** What is sent, wherever it goes. */
export type Message = Pick<HttpSettings, 'method' | 'headers' | 'body' | 'family' | 'protocol'>;

/** Fields of one connection alone, which HTTP/2 forbids (RFC 9113, 8.2.2). */
const OF_CONNECTION = new Set([
  'connection',
  'host',
  'http2-settings',
  'keep-alive',
  'proxy-connection',
  'te',
  'transfer-encoding',
  'upgrade',
]);
const CHUNK_BYTES = 64 * 1024;

/** Fields of a request over HTTP/1.1; those of the test stand above the usual ones. */
export function fieldsOf(
  url: URL,
  { headers, body }: Message,
  isLast: boolean,
): Readonly<Record<string, string>> {
  return {
    host: url.host,
    ...usualFields(body),
    connection: isLast ? 'close' : 'keep-alive',
    ...given(headers),
  };
}

/** The same for HTTP/2 (RFC 9113, 8.3.1). */
export function h2FieldsOf(url: URL, { method, headers, body }: Message): Readonly<Record<string, string>> {
  const { host, ...fields } = given(headers);
  const allowed = Object.entries(fields).filter(([name]) => !OF_CONNECTION.has(name));
  return {
    ':method': method,
    ':scheme': url.protocol.slice(0, -1),
    ':authority': host ?? url.host,
    ':path': pathOf(url),
    ...usualFields(body),
    ...Object.fromEntries(allowed),
  };
}

export const pathOf = ({ pathname, search }: URL): string => `${pathname}${search}`;

/** Ends a request with its body: text at once with the head, random bytes as they are made. */
export function sendBody(body: HttpBody, request: Writable): void {
  if ('text' in body) request.end(body.text);
  // The request itself says what fails.
  else pipeline(Readable.from(randomPieces(body.randomBytes)), request, () => undefined);
}

function* randomPieces(bytes: number): Generator<Buffer> {
  for (let left = bytes; left > 0; left -= CHUNK_BYTES) {
    yield randomFillSync(Buffer.allocUnsafe(Math.min(left, CHUNK_BYTES)));
  }
}

export function lengthOf(body: HttpBody): number {
  return 'text' in body ? Buffer.byteLength(body.text) : body.randomBytes;
}

function usualFields(body: HttpBody | null): Record<string, string> {
  return {
    'user-agent': `streamswarm/${AGENT_VERSION}`,
    accept: '*/*',
    'accept-encoding': ACCEPTED_ENCODINGS,
    ...(body === null ? {} : { 'content-length': String(lengthOf(body)) }),
  };
}

function given(headers: Message['headers']): Record<string, string> {
  return Object.fromEntries(headers.map(({ name, value }) => [name.toLowerCase(), value]));
}
