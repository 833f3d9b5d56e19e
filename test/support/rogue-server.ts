import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';

/** A TLS server that is not the operator: it keeps all that it is sent after a handshake. */
export interface RogueServer {
  readonly url: string;
  /** TLS handshakes that were begun. */
  readonly connections: number;
  readonly requests: readonly string[];
  /** Every byte that came through TLS. */
  received(): string;
  stop(): Promise<void>;
}

export async function startRogueServer(
  options: ServerOptions,
  answer: (request: IncomingMessage, response: ServerResponse) => void = (_, response) =>
    void response.writeHead(404).end(),
): Promise<RogueServer> {
  const requests: string[] = [];
  const bytes: Buffer[] = [];
  let connections = 0;
  const server = createServer(options, (request, response) => {
    requests.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`);
    answer(request, response);
  });
  server.on('connection', () => {
    connections++;
  });
  server.on('tlsClientError', () => undefined);
  server.on('secureConnection', (socket) => {
    socket.on('error', () => undefined);
    // Before the parser of http sees it.
    socket.prependListener('data', (chunk: Buffer) => bytes.push(chunk));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get connections() {
      return connections;
    },
    requests,
    received: () => Buffer.concat(bytes).toString('latin1'),
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
