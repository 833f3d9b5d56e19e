import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isDeadConnection, notReached } from './not-reached.ts';
import type { ServerTrust } from './server-trust.ts';
import { VerifiedAgent } from './verified-agent.ts';

// node:http and not fetch: fetch forgets the signal of a request once its Request object is collected (seen with
// Node 24: an abort after a garbage collection does nothing), and a hung connection would then hang for ever.

/** An answer that is not 2xx. */
export interface Refusal {
  readonly status: number;
  readonly retryAfter: string | null;
  /** What the server said, cut short. */
  readonly detail: string;
}

export class RefusedError extends Error {
  readonly refusal: Refusal;

  constructor(what: string, refusal: Refusal) {
    super(`${what} was refused with ${refusal.status}: ${refusal.detail}`);
    this.refusal = refusal;
  }
}

export interface OperatorRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Until the head of the answer is there, ms. */
  readonly timeoutMs: number;
}

const MAX_ANSWER_BYTES = 1024 * 1024;
const DETAIL_CHARACTERS = 300;

/** Connections to the operator, kept open between requests. Redirects are not followed: the token goes nowhere else. */
export class OperatorHttp {
  readonly #server: URL;
  readonly #agent: HttpAgent;

  /** `trust` counts for https; plain http needs none, because it never leaves this host (see parseServerUrl). */
  constructor(server: URL, trust: ServerTrust = { caFile: null, serverName: null }) {
    this.#server = server;
    const options = { keepAlive: true, maxFreeSockets: 2 };
    this.#agent = server.protocol === 'https:' ? new VerifiedAgent(trust, options) : new HttpAgent(options);
  }

  /** Resolves with the head of the answer; its body must be read or destroyed. */
  open(asked: OperatorRequest): Promise<IncomingMessage> {
    const url = new URL(asked.path, this.#server);
    const start = url.protocol === 'https:' ? httpsRequest : httpRequest;
    return new Promise((resolve, reject) => {
      const request = start(url, {
        method: asked.method,
        headers: { ...asked.headers, ...lengthOf(asked.body) },
        agent: this.#agent,
      });
      const timer = setTimeout(
        () =>
          request.destroy(
            notReached('ETIMEDOUT', `the operator did not answer within ${asked.timeoutMs / 1e3} s`),
          ),
        asked.timeoutMs,
      );
      request.on('response', (response) => {
        clearTimeout(timer);
        resolve(response);
      });
      request.on('error', (error) => {
        clearTimeout(timer);
        if (isDeadConnection(error)) this.#dropAll(error);
        reject(error);
      });
      request.end(asked.body);
    });
  }

  /** Asks and reads the answer as JSON; a refusal rejects with RefusedError. `what` names the request in it. */
  async ask(what: string, asked: OperatorRequest): Promise<unknown> {
    const response = await this.open(asked);
    const timer = setTimeout(
      () =>
        response.destroy(
          notReached('ETIMEDOUT', `the operator's answer did not end within ${asked.timeoutMs / 1e3} s`),
        ),
      asked.timeoutMs,
    );
    try {
      await throwIfRefused(what, response);
      return JSON.parse(await textOf(response));
    } finally {
      clearTimeout(timer);
    }
  }

  close(): void {
    this.#agent.destroy();
  }

  /**
   * All connections go the same way, and a dead way is first seen by the kernel on one that is idle (keep-alive). One
   * with a request under way would wait for a retransmission, half a minute away by then.
   */
  #dropAll(reason: Error): void {
    const { sockets, freeSockets } = this.#agent;
    for (const socket of [sockets, freeSockets].flatMap((byName) => Object.values(byName).flat())) {
      socket?.destroy(reason);
    }
  }
}

/** Rejects with RefusedError where the answer is not 2xx. */
export async function throwIfRefused(what: string, response: IncomingMessage): Promise<void> {
  const status = response.statusCode ?? 0;
  if (status >= 200 && status < 300) return;
  const text = await textOf(response).catch(() => '');
  throw new RefusedError(what, {
    status,
    retryAfter: response.headers['retry-after'] ?? null,
    detail: text.slice(0, DETAIL_CHARACTERS) || (response.statusMessage ?? ''),
  });
}

function lengthOf(body: string | Uint8Array | undefined): Record<string, number> {
  return body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
}

async function textOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response) {
    chunks.push(chunk as Buffer);
    bytes += (chunk as Buffer).length;
    if (bytes > MAX_ANSWER_BYTES)
      throw new Error(`the operator's answer is longer than ${MAX_ANSWER_BYTES} bytes`);
  }
  return Buffer.concat(chunks).toString('utf8');
}
