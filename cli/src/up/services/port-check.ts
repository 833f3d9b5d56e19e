import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

const LOOK_EVERY_MS = 100;

/** Why nothing can listen on this address, in words for a person, or null where it is free. */
export async function portProblem(host: string, port: number): Promise<string | null> {
  const code = await new Promise<string | null>((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(port, host, () => server.close(() => resolve(null)));
  });
  if (code === null) return null;
  return portText(code, { host, port, platform: process.platform });
}

/** As portProblem, but lets a port become free for a while. */
export async function waitForPort(
  { host, port }: { host: string; port: number },
  patienceMs: number,
): Promise<string | null> {
  for (let waited = 0; ; waited += LOOK_EVERY_MS) {
    const problem = await portProblem(host, port);
    if (problem === null || waited >= patienceMs) return problem;
    await delay(LOOK_EVERY_MS);
  }
}

export function portText(
  code: string,
  { host, port, platform }: { host: string; port: number; platform: NodeJS.Platform },
): string {
  const other = `Choose another one: npm start -- --port ${port + 1}`;
  switch (code) {
    case 'EADDRINUSE': {
      const who =
        platform === 'darwin' && port === 5_000
          ? ' (on macOS it is often the AirPlay receiver: System Settings, General, AirDrop & Handoff)'
          : platform === 'linux'
            ? ` (see which: ss -ltnp 'sport = :${port}')`
            : '';
      return `Port ${port} of ${host} is in use by another program${who}. ${other}`;
    }
    case 'EACCES':
      return `Port ${port} needs a permission that this user does not have: ports below 1024 are for root. ${other}`;
    case 'EADDRNOTAVAIL':
      return `This machine has no address ${host}. Use --host 127.0.0.1.`;
    default:
      return `Cannot listen on ${host} port ${port} (${code}). ${other}`;
  }
}
