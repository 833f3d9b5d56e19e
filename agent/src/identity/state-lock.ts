import { randomUUID } from 'node:crypto';
import { linkSync, renameSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

// The lock is a listening unix socket with a fixed name: the kernel closes it with its process, however that ends,
// and connect() tells a living holder from a dead one over the borders of containers (a process id means nothing
// in another PID namespace, and sockets with a path belong to no network namespace; unix(7)).

const NAME = 'agent.lock';
const TRIES = 20;
const ANSWER_MS = 1_000;
const ASK_EVERY_MS = 200;

export type StateLock =
  | { readonly ok: true; release(): void }
  /** `holder` is what the other agent says of itself. */
  | { readonly ok: false; readonly holder: string };

export interface StateLockOptions {
  /** What others are told of this agent. */
  readonly self: string;
  /** How long to wait for a holder that may be ending, ms. */
  readonly patienceMs: number;
}

/** Takes a state folder for this agent alone. Rejects where the folder can hold no socket. */
export async function lockState(
  stateDir: string,
  { self, patienceMs }: StateLockOptions,
): Promise<StateLock> {
  const endMs = performance.now() + patienceMs;
  for (;;) {
    const lock = await tryLock(stateDir, self);
    if (lock.ok || performance.now() >= endMs) return lock;
    await delay(ASK_EVERY_MS);
  }
}

async function tryLock(stateDir: string, self: string): Promise<StateLock> {
  // A socket's path may have 107 bytes; through the descriptor of its folder it always has few.
  const folder = await open(stateDir, 'r');
  const base = process.platform === 'linux' ? `/proc/self/fd/${folder.fd}` : stateDir;
  try {
    const path = join(base, NAME);
    const mine = join(base, `${NAME}.${randomUUID().slice(0, 8)}`);
    const server = await listen(mine, self);
    try {
      for (let tries = 0; tries < TRIES; tries++) {
        // link() makes the name appear for one of two that race, and with a socket that listens already.
        if (tryLink(mine, path)) return { ok: true, release: () => release(server, join(stateDir, NAME)) };
        const holder = await ask(path);
        if (holder !== null) {
          server.close();
          return { ok: false, holder };
        }
        await removeDead(path);
      }
      throw new Error(`${NAME} in ${stateDir} changes hands all the time: start only one agent there`);
    } catch (error) {
      server.close();
      throw error;
    } finally {
      rmSync(mine, { force: true });
    }
  } finally {
    await folder.close();
  }
}

function listen(path: string, self: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.end(self);
    });
    server.unref();
    server.once('error', reject);
    server.listen(path, () => {
      server.off('error', reject);
      server.on('error', () => undefined);
      resolve(server);
    });
  });
}

/** What the holder of a lock says; null where nobody listens. A holder that is frozen says nothing and is there. */
function ask(path: string): Promise<string | null> {
  return new Promise((resolve) => {
    let said = '';
    const socket = connect(path);
    const timer = setTimeout(() => settle(said), ANSWER_MS);
    const settle = (answer: string | null): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    socket.on('data', (chunk) => {
      said += chunk.toString();
    });
    socket.on('end', () => settle(said));
    socket.on('error', (error: NodeJS.ErrnoException) =>
      settle(error.code === 'ECONNREFUSED' || error.code === 'ENOENT' ? null : said),
    );
  });
}

/** Takes a dead lock away; puts it back if another start has replaced it in the meantime. */
async function removeDead(path: string): Promise<void> {
  const aside = `${path}.${randomUUID().slice(0, 8)}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  if ((await ask(aside)) !== null) tryLink(aside, path);
  rmSync(aside, { force: true });
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function release(server: Server, path: string): void {
  rmSync(path, { force: true });
  server.close();
}
