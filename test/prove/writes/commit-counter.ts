import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';

export interface CommitCounter {
  /** As the one given, with the proxy's address. */
  readonly url: string;
  stop(): Promise<void>;
}

/** `commit` as a simple query (PostgreSQL protocol 3, message Query): type, length, text, NUL. */
const COMMIT = Buffer.from('Q\0\0\0\x0bcommit\0', 'latin1');

/** A TCP proxy before Postgres that sees each commit go by: `onCommitted` is called once Postgres has answered it. */
export async function startCommitCounter(
  databaseUrl: string,
  onCommitted: () => void,
): Promise<CommitCounter> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    let awaited = 0;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.on('data', (chunk) => {
      if (chunk.includes(COMMIT)) awaited++;
      upstream.write(chunk);
    });
    upstream.on('data', (chunk) => {
      if (awaited > 0 && chunk.includes('COMMIT\0')) {
        awaited--;
        onCommitted();
      }
      client.write(chunk);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(databaseUrl);
  url.port = String((server.address() as AddressInfo).port);
  url.hostname = '127.0.0.1';
  return {
    url: url.href,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
