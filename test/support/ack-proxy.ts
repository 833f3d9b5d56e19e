import { createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { zstdDecompressSync } from 'node:zlib';
import { type Batch, type BatchAck, decodeFrame } from '@streamswarm/contract';

export type ProxyMode =
  /** Passes everything. */
  | 'pass'
  /** Refuses connections: the network is gone. */
  | 'cut'
  /** Lets batches through and loses the acknowledgement. */
  | 'lose-acks';

export interface AckProxy {
  readonly url: string;
  mode: ProxyMode;
  /** `span slot` of each answer that an acknowledgement reached us for, with its outcome. */
  readonly acknowledged: Map<string, string>;
  stop(): Promise<void>;
}

/** A reverse proxy between agent and API that keeps every slot the API acknowledged. */
export async function startAckProxy(targetPort: number): Promise<AckProxy> {
  const acknowledged = new Map<string, string>();
  const proxy = { mode: 'pass' as ProxyMode };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (proxy.mode === 'cut') return void request.socket.destroy();
    const body: Buffer[] = [];
    for await (const chunk of request) body.push(chunk as Buffer);
    const isBatch = request.url === '/agent/v1/batches';
    const upstream = send(
      {
        host: '127.0.0.1',
        port: targetPort,
        method: request.method,
        path: request.url,
        headers: { ...request.headers, host: `127.0.0.1:${targetPort}` },
      },
      (answer) => {
        if (!isBatch) {
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(response);
          return;
        }
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () => {
          const text = Buffer.concat(parts);
          if (answer.statusCode === 200)
            remember(Buffer.concat(body), JSON.parse(text.toString()) as BatchAck, acknowledged);
          if (proxy.mode === 'lose-acks') return void request.socket.destroy();
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          response.end(text);
        });
        answer.on('error', () => request.socket.destroy());
      },
    );
    upstream.on('error', () => request.socket.destroy());
    response.on('close', () => upstream.destroy());
    upstream.end(Buffer.concat(body));
  };
  const server = createServer((request, response) => {
    handle(request, response).catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(proxy, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    acknowledged,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

function remember(frame: Buffer, ack: BatchAck, acknowledged: Map<string, string>): void {
  const bytes = decodeFrame(frame)?.batch;
  if (ack.acknowledged === null || !bytes) return;
  const batch = JSON.parse(zstdDecompressSync(bytes).toString()) as Batch;
  for (const table of Object.values(batch.tables)) {
    for (const [i, span] of table.span.entries())
      acknowledged.set(`${span} ${table.slot[i]}`, table.outcome[i] ?? '');
  }
}
