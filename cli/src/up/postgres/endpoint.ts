import { createServer } from 'node:net';
import { join } from 'node:path';

/** Where our Postgres listens: a socket in its data folder, or a port of this machine where paths are too long. */
export type Endpoint =
  | { readonly kind: 'socket'; readonly folder: string }
  | { readonly kind: 'port'; readonly port: number };

/** Names the socket file and nothing else: no TCP port is opened. */
export const SOCKET_NUMBER = 5432;
/** sun_path holds 108 bytes on Linux and 104 on macOS, the final zero included. */
const LONGEST_SOCKET_PATH = 103;

export async function chooseEndpoint(dataDir: string): Promise<Endpoint> {
  const fits = Buffer.byteLength(socketPath(dataDir)) <= LONGEST_SOCKET_PATH && process.platform !== 'win32';
  return fits ? { kind: 'socket', folder: dataDir } : { kind: 'port', port: await freePort() };
}

export function socketPath(folder: string): string {
  return join(folder, `.s.PGSQL.${SOCKET_NUMBER}`);
}

/** The address as libpq and node-postgres read it. Holds the password: never log it. */
export function databaseUrl(endpoint: Endpoint, user: string, password: string): string {
  const login = `${user}:${encodeURIComponent(password)}`;
  return endpoint.kind === 'socket'
    ? `postgresql://${login}@localhost:${SOCKET_NUMBER}/postgres?host=${encodeURIComponent(endpoint.folder)}`
    : `postgresql://${login}@127.0.0.1:${endpoint.port}/postgres`;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address !== null
          ? resolve(address.port)
          : reject(new Error('this machine gave no free TCP port for Postgres')),
      );
    });
  });
}
