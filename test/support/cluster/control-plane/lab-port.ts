import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below Linux's ephemeral ports: a server that is killed and started again finds its port unused. */
const FIRST = 20_000;
const LAST = 32_000;

/** A TCP port of this address that nobody listens on right now. */
export async function labPort(address: string): Promise<number> {
  for (let tries = 0; tries < 100; tries++) {
    const port = randomInt(FIRST, LAST);
    if (await canListen(port, address)) return port;
  }
  throw new Error(`no free port on ${address} between ${FIRST} and ${LAST}`);
}

function canListen(port: number, address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, address, () => server.close(() => resolve(true)));
  });
}
