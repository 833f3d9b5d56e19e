import { type IncomingHttpHeaders, request } from 'node:http';
import type { Socket } from 'node:net';
import { HTTP_MAX_BODY_BYTES, type HttpSettings } from '@streamswarm/contract/probes/http';
import { AGENT_VERSION } from '../../version.ts';
import { allowedAddress, type Reach } from '../reach.ts';
import { errorCode, type Stage } from '../socket-failure.ts';
import { openTcp, openTls, StageFailed } from '../tls/handshake.ts';
import { ACCEPTED_ENCODINGS } from './decode-body.ts';

/** Phases of one request, in seconds; null where it did not come that far, or has none. */
export interface Phases {
  dns: number | null;
  connect: number | null;
  tls: number | null;
  ttfb: number | null;
  download: number | null;
}

export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly protocol: string;
  /** As it came, encoded. */
  readonly body: Buffer;
  /** From the beginning of the request to the last byte, without what this host made it wait before. */
  readonly seconds: number;
}

export type Transaction = { readonly phases: Phases; readonly address: string | null } & (
  | { readonly kind: 'answered'; readonly answer: Answered }
  | { readonly kind: 'denied'; readonly reason: string }
  | { readonly kind: 'unresolved'; readonly source: 'resolver' | 'local'; readonly reason: string }
  | { readonly kind: 'failed'; readonly stage: Stage; readonly code: string }
);

export type Message = Pick<HttpSettings, 'method' | 'headers' | 'body' | 'family'>;

/** One request on a connection of its own, over HTTP/1.1 (RFC 9112). No proxy is ever asked. */
export async function transact(
  url: URL,
  message: Message,
  reach: Reach,
  endMs: number,
): Promise<Transaction> {
  const phases: Phases = { dns: null, connect: null, tls: null, ttfb: null, download: null };
  const leftMs = (): number => Math.max(1, endMs - performance.now());
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const resolution = await reach.resolve(host, message.family, leftMs());
  if ('reason' in resolution)
    return {
      phases,
      address: null,
      kind: 'unresolved',
      source: resolution.source,
      reason: resolution.reason,
    };
  phases.dns = resolution.seconds;
  const allowed = allowedAddress(resolution.addresses, reach.denial);
  if ('denied' in allowed) return { phases, address: null, kind: 'denied', reason: allowed.denied };
  const { address } = allowed;
  const isSecure = url.protocol === 'https:';
  const port = url.port === '' ? (isSecure ? 443 : 80) : Number(url.port);
  const beganMs = performance.now();
  try {
    const tcp = await openTcp({ address, port }, leftMs());
    phases.connect = tcp.seconds;
    let socket: Socket = tcp.socket;
    if (isSecure) {
      const tls = await openTls(socket, { serverName: host, protocols: ['http/1.1'] }, leftMs());
      phases.tls = tls.seconds;
      socket = tls.secure;
    }
    const got = await exchange(socket, { url, message, phases, timeoutMs: leftMs() });
    const seconds = (phases.dns ?? 0) + (performance.now() - beganMs) / 1e3;
    return { phases, address, kind: 'answered', answer: { ...got, seconds } };
  } catch (error) {
    if (!(error instanceof StageFailed)) throw error;
    return { phases, address, kind: 'failed', stage: error.stage, code: error.code };
  }
}

interface ExchangeOptions {
  readonly url: URL;
  readonly message: Message;
  readonly phases: Phases;
  readonly timeoutMs: number;
}

function exchange(
  socket: Socket,
  { url, message, phases, timeoutMs }: ExchangeOptions,
): Promise<Omit<Answered, 'seconds'>> {
  return new Promise((resolve, reject) => {
    let stage: Stage = 'ttfb';
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      socket.destroy();
      settle();
    };
    const fail = (code: string): void => end(() => reject(new StageFailed(stage, code)));
    const timer = setTimeout(() => fail('ETIMEDOUT'), timeoutMs);
    let sentMs = performance.now();
    let firstByteMs = sentMs;
    socket.once('data', () => {
      firstByteMs = performance.now();
      phases.ttfb = (firstByteMs - sentMs) / 1e3;
      stage = 'download';
    });
    const sending = request({
      method: message.method,
      path: `${url.pathname}${url.search}`,
      headers: headersOf(url, message),
      // Without an agent: that would open connections of its own.
      createConnection: () => socket,
    });
    sending.on('error', (error) => fail(errorCode(error)));
    // Right before it is written, head and body at once; `finish` comes when it has long left.
    sending.on('socket', () => {
      sentMs = performance.now();
    });
    sending.on('response', (answer) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > HTTP_MAX_BODY_BYTES) fail('body-over-limit');
        else chunks.push(chunk);
      });
      answer.on('error', (error) => fail(errorCode(error)));
      answer.on('end', () => {
        phases.download = (performance.now() - firstByteMs) / 1e3;
        const { statusCode = 0, headers, httpVersion } = answer;
        end(() =>
          resolve({
            status: statusCode,
            headers,
            protocol: `http/${httpVersion}`,
            body: Buffer.concat(chunks),
          }),
        );
      });
    });
    sending.end(message.body ?? undefined);
  });
}

function headersOf(url: URL, { headers, body }: Message): Record<string, string> {
  const usual = {
    host: url.host,
    'user-agent': `streamswarm/${AGENT_VERSION}`,
    accept: '*/*',
    'accept-encoding': ACCEPTED_ENCODINGS,
    connection: 'close',
    ...(body === null ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
  };
  return { ...usual, ...Object.fromEntries(headers.map(({ name, value }) => [name.toLowerCase(), value])) };
}
