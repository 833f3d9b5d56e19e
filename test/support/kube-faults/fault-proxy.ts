import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Agent, createServer, request as send } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import type { AnswerFault, WatchFault } from './watch-fault.ts';
import { WatchPipe } from './watch-pipe.ts';

export interface FaultProxyOptions {
  /** The real API server. */
  readonly url: string;
  /** Its certificate, beside the key `apiserver.key`: the proxy shows the same, so that clients trust it. */
  readonly certFile: string;
  readonly kubeconfigPath: string;
  /** Folder for the kubeconfig that leads through the proxy. */
  readonly dir: string;
  /** The API server has carried a request out, and nobody has heard of it yet. */
  onCarriedOut?(method: string, url: string): void;
}

export interface SeenRequest {
  readonly atMs: number;
  readonly url: string;
  /** What was answered by the proxy itself; null: it was passed on. */
  readonly fault: AnswerFault | null;
}

/** A TLS proxy before a real API server that does to watches what networks, proxies and API servers do. */
export interface FaultProxy {
  /** As the one given, with the proxy's address. */
  readonly kubeconfigPath: string;
  strike(fault: WatchFault): Promise<void>;
  /** Requests from now on are answered so, until `null`. */
  answerAll(fault: AnswerFault | null): void;
  /** Nothing is forwarded any more on what is open; new connections work. */
  halfOpen(): void;
  openWatches(): number;
  /** The last list and watch requests, oldest first. */
  readonly seen: readonly SeenRequest[];
  stop(): Promise<void>;
}

const MOST_SEEN = 500;

export async function startFaultProxy(options: FaultProxyOptions): Promise<FaultProxy> {
  const cert = readFileSync(options.certFile);
  const key = readFileSync(options.certFile.replace(/\.crt$/, '.key'));
  const upstream = new Agent({ ca: cert, keepAlive: true });
  const pipes = new Set<WatchPipe>();
  const sockets = new Set<Duplex>();
  const seen: SeenRequest[] = [];
  let next: AnswerFault[] = [];
  let always: AnswerFault | null = null;

  const server = createServer({ cert, key }, (request, response) => {
    // Reachability is asked of the real one; only what lists and watches is hit.
    const isProbe = request.url === '/readyz';
    const fault = isProbe ? always : (next.shift() ?? always);
    if (!isProbe) seen.push({ atMs: performance.now(), url: request.url ?? '', fault });
    if (seen.length > MOST_SEEN) seen.shift();
    const isWatch = /[?&]watch=1/.test(request.url ?? '');
    if (fault !== null && answerFault(fault, isWatch, response)) return;
    forward(request, response, isWatch);
  });
  const forward = (request: IncomingMessage, response: ServerResponse, isWatch: boolean): void => {
    const call = send(new URL(request.url ?? '/', options.url), {
      method: request.method,
      headers: { ...request.headers, host: new URL(options.url).host },
      agent: isWatch ? false : upstream,
      ca: cert,
    });
    call.on('error', () => response.destroy());
    call.on('response', (answer) => {
      options.onCarriedOut?.(request.method ?? 'GET', request.url ?? '/');
      answer.on('error', () => response.destroy());
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      if (!isWatch || answer.statusCode !== 200) {
        answer.pipe(response);
        return;
      }
      response.flushHeaders();
      const pipe = new WatchPipe(answer, response);
      pipes.add(pipe);
      response.on('close', () => pipes.delete(pipe));
    });
    response.on('close', () => call.destroy());
    request.pipe(call);
  };
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('tlsClientError', () => undefined);
  const listen = async (port: number): Promise<void> => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const kubeconfigPath = join(options.dir, `faults-${port}.kubeconfig`);
  writeFileSync(kubeconfigPath, readdressed(options.kubeconfigPath, options.url, port), { mode: 0o600 });

  const hangUp = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const refuse = async (ms: number): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve));
    hangUp();
    await closed;
    await new Promise((resolve) => setTimeout(resolve, ms));
    await listen(port);
  };
  return {
    kubeconfigPath,
    async strike({ stream, answers, refusedMs }) {
      next = [...answers];
      for (const pipe of pipes) pipe.strike(stream);
      if (refusedMs > 0) await refuse(refusedMs);
    },
    answerAll(fault) {
      always = fault;
    },
    halfOpen() {
      for (const pipe of pipes) pipe.strike('half-open');
    },
    openWatches: () => pipes.size,
    seen,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      hangUp();
      upstream.destroy();
      await closed;
    },
  };
}

/** False where this fault does not fit the request. */
function answerFault(fault: AnswerFault, isWatch: boolean, response: ServerResponse): boolean {
  if (fault === 'silence') return isWatch;
  if (fault === 'reset') response.destroy();
  else if (fault === 'html')
    response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Please log in\n</html>\n');
  else if (fault === 'empty') response.writeHead(200, { 'content-type': 'application/json' }).end();
  else if (fault === 'half-answer') {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"kind":"List","items":[{"metadata":{"name":"half', () => response.destroy());
  } else {
    const reason = fault.status === 410 ? 'Expired' : 'InternalError';
    const headers: Record<string, string> = { 'content-type': 'application/json' };
    if (fault.status === 429) headers['retry-after'] = String(fault.retryAfterSeconds);
    const body = { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason, code: fault.status };
    response.writeHead(fault.status, headers).end(JSON.stringify({ ...body, message: 'injected' }));
  }
  return true;
}

function readdressed(kubeconfigPath: string, url: string, port: number): string {
  const text = readFileSync(kubeconfigPath, 'utf8');
  if (!text.includes(url)) throw new Error(`${kubeconfigPath} does not name ${url}`);
  return text.replaceAll(url, `https://127.0.0.1:${port}`);
}
