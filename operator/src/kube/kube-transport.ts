import {
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { CredentialSource, Credentials } from './credentials.ts';
import { KubeError } from './kube-error.ts';
import { refusalOfAnswer } from './parse-refusal.ts';
import type { Timers } from './timers.ts';

// node:https and not fetch: a stream must be destroyed surely, and TCP keep-alive must be set on its socket.
// Node gives setKeepAlive's delay to TCP_KEEPIDLE and lets libuv ask 10 times, 1 s apart: a network that swallows
// packets is found 25 s after the last byte.
const KEEP_ALIVE_IDLE_MS = 15_000;
/** Below the 90 s after which the API server closes an idle connection, so that we never write into a closing one. */
const FREE_SOCKET_MS = 45_000;
const MAX_FREE_SOCKETS = 8;

export interface KubeRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
  readonly contentType?: string;
  /** The answer is no JSON but a text. */
  readonly isText?: boolean;
  /** From sending to the last byte of the answer; 30 s where it is left out. */
  readonly timeoutMs?: number;
  /** Aborted: the request is destroyed and rejects as one without an answer. */
  readonly signal?: AbortSignal | undefined;
}

export interface StreamHandlers {
  /** The server has accepted; bytes follow. */
  onOpen(): void;
  onChunk(chunk: Buffer): void;
  /** Called exactly once; null: the server ended the stream in order. */
  onEnd(error: KubeError | null): void;
}

export interface KubeTransport {
  /** The answer's JSON; a refusal, or no answer, rejects with KubeError. */
  send(request: KubeRequest): Promise<unknown>;
  /** A long answer; the result destroys it and its socket, and ends it with an error if it has not ended. */
  stream(request: KubeRequest, handlers: StreamHandlers): (why: string) => void;
  close(): void;
}

const TIMEOUT_MS = 30_000;
const LARGEST_ANSWER_BYTES = 512 * 1024 * 1024;

export interface KubeTransportOptions {
  readonly credentials: CredentialSource;
  readonly userAgent: string;
  readonly timers: Timers;
  /** For a Retry-After that names a date. */
  wallMs(): number;
}

/** HTTP/1.1 connections to one API server: kept alive for requests, one of its own for each stream. */
export function openKubeTransport(options: KubeTransportOptions): KubeTransport {
  const { credentials, userAgent, timers } = options;
  const settings = { keepAlive: true, keepAliveMsecs: KEEP_ALIVE_IDLE_MS, maxFreeSockets: MAX_FREE_SOCKETS };
  const agents = {
    'https:': new HttpsAgent({ ...settings, timeout: FREE_SOCKET_MS }),
    'http:': new HttpAgent({ ...settings, timeout: FREE_SOCKET_MS }),
  };
  const open = new Set<ClientRequest>();
  let isClosed = false;

  const start = (found: Credentials, asked: KubeRequest, isStream: boolean): ClientRequest => {
    if (isClosed) throw new Error('the client is closed');
    const url = new URL(found.server.pathname.replace(/\/$/, '') + asked.path, found.server);
    for (const [name, value] of Object.entries(asked.query ?? {}))
      if (value !== undefined) url.searchParams.set(name, value);
    const body = asked.body === undefined ? null : Buffer.from(JSON.stringify(asked.body));
    const isTls = url.protocol === 'https:';
    const request = (isTls ? httpsRequest : httpRequest)(url, {
      method: asked.method,
      ...(isTls ? found.tls : {}),
      // A stream's socket is never shared or used again, so that destroying one harms nobody else.
      agent: found.proxy ?? (isStream ? false : agents[isTls ? 'https:' : 'http:']),
      headers: {
        accept: 'application/json',
        'user-agent': userAgent,
        ...found.headers,
        ...(body === null
          ? {}
          : { 'content-type': asked.contentType ?? 'application/json', 'content-length': body.length }),
      },
    });
    request.on('socket', (socket) => socket.setKeepAlive(true, KEEP_ALIVE_IDLE_MS));
    open.add(request);
    request.once('close', () => open.delete(request));
    request.end(body ?? undefined);
    return request;
  };

  const refusal = (what: string, answer: IncomingMessage, body: string): KubeError =>
    refusalOfAnswer(what, answer.statusCode ?? 0, {
      body,
      retryAfter: answer.headers['retry-after'],
      wallMs: options.wallMs(),
    });

  const ask = async (asked: KubeRequest): Promise<unknown> => {
    const what = `${asked.method} ${asked.path}`;
    const found = await credentials.current().catch((error: unknown) => {
      throw unreachable(what, error);
    });
    return new Promise((resolve, reject) => {
      let request: ClientRequest;
      try {
        request = start(found, asked, false);
      } catch (error) {
        reject(unreachable(what, error));
        return;
      }
      const timeoutMs = asked.timeoutMs ?? TIMEOUT_MS;
      const abort = (): void => void request.destroy(new Error('the request was given up'));
      const cancelLimit = timers.after(timeoutMs, () =>
        request.destroy(new Error(`the API server did not answer within ${timeoutMs / 1_000} s`)),
      );
      asked.signal?.addEventListener('abort', abort, { once: true });
      const cancel = (): void => {
        cancelLimit();
        asked.signal?.removeEventListener('abort', abort);
      };
      if (asked.signal?.aborted === true) abort();
      const fail = (error: unknown): void => {
        cancel();
        reject(unreachable(what, error));
      };
      request.on('error', (error: NodeJS.ErrnoException) => {
        // The server closed a kept connection just as we used it. Only a read is surely harmless to repeat.
        const isStale = error.code === 'ECONNRESET' && request.reusedSocket && asked.method === 'GET';
        if (!isStale) return fail(error);
        cancel();
        resolve(ask(asked));
      });
      request.on('response', (answer) => {
        readAll(answer)
          .then((text) => {
            cancel();
            const status = answer.statusCode ?? 0;
            if (status === 401) credentials.refresh();
            if (status >= 200 && status < 300) resolve(asked.isText === true ? text : parse(what, text));
            else reject(refusal(what, answer, text));
          })
          .catch(fail);
      });
    });
  };

  return {
    send: ask,
    stream(asked, { onOpen, onChunk, onEnd }) {
      const what = `${asked.method} ${asked.path}`;
      let request: ClientRequest | null = null;
      let isEnded = false;
      const end = (error: KubeError | null): void => {
        if (isEnded) return;
        isEnded = true;
        request?.destroy();
        onEnd(error);
      };
      const take = (answer: IncomingMessage): void => {
        const status = answer.statusCode ?? 0;
        if (status === 401) credentials.refresh();
        if (status !== 200) {
          readAll(answer).then(
            (text) => end(refusal(what, answer, text)),
            (error: unknown) => end(unreachable(what, error)),
          );
          return;
        }
        if (!isEnded) onOpen();
        answer.on('data', (chunk: Buffer) => {
          if (!isEnded) onChunk(chunk);
        });
        answer.on('end', () => end(null));
        answer.on('error', (error) => end(unreachable(what, error)));
        answer.on('close', () => end(unreachable(what, new Error('the connection was closed'))));
      };
      credentials.current().then(
        (found) => {
          if (isEnded) return;
          try {
            request = start(found, asked, true);
          } catch (error) {
            end(unreachable(what, error));
            return;
          }
          request.on('response', take);
          request.on('error', (error) => end(unreachable(what, error)));
        },
        (error: unknown) => end(unreachable(what, error)),
      );
      return (why) => end(unreachable(what, new Error(why)));
    },
    close() {
      isClosed = true;
      for (const request of open) request.destroy(new Error('the client was closed'));
      for (const agent of Object.values(agents)) agent.destroy();
    },
  };
}

function unreachable(what: string, cause: unknown): KubeError {
  if (cause instanceof KubeError) return cause;
  const said = cause instanceof Error ? cause.message : String(cause);
  return new KubeError(`${what}: ${said}`, { status: 0, reason: 'Unreachable', cause });
}

function parse(what: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unreachable(what, error);
  }
}

async function readAll(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > LARGEST_ANSWER_BYTES)
      throw new Error(`the answer is longer than ${LARGEST_ANSWER_BYTES} bytes`);
  }
  return Buffer.concat(chunks).toString('utf8');
}
