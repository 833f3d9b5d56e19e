import { spawn } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ChildLog } from '../logs/child-log.ts';
import { type Child, exitText, stopChild, watchChild } from '../supervise/child.ts';
import type { Service } from '../supervise/keep-alive.ts';
import { answersConnections } from './answers.ts';
import { POSTGRES_USER } from './cluster.ts';
import { dataFolderArgument } from './data-folder.ts';
import type { Endpoint } from './endpoint.ts';
import { endLeftovers } from './leftovers.ts';
import type { Owner } from './owner.ts';
import { serverArguments } from './server-arguments.ts';

const ASK_EVERY_MS = 50;

export interface PostgresServiceOptions {
  readonly native: string;
  readonly dataDir: string;
  readonly endpoint: Endpoint;
  readonly owner: Owner | null;
  readonly log: ChildLog;
}

/** The embedded Postgres as a service: ready when it takes connections, however long its recovery lasts. */
export function postgresService({ native, dataDir, endpoint, owner, log }: PostgresServiceOptions): Service {
  return {
    name: 'Postgres',
    async start(signal) {
      await endLeftovers(dataDir);
      // Postgres refuses data that others may read, as a `chmod -R` over a home leaves them.
      chmodSync(dataDir, 0o700);
      const args = serverArguments(dataFolderArgument(dataDir, process.platform), endpoint);
      const spawned = spawn(join(native, 'bin', 'postgres'), args, {
        cwd: dataDir,
        ...(owner ?? {}),
        env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' },
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: true,
      });
      const child = watchChild(spawned, { onLine: log.onLine, orphanSignal: 'INT' });
      while (!(await answersConnections(endpoint, POSTGRES_USER))) {
        if (child.hasExited) throw new Error(await storyOf(child, log));
        if (signal.aborted) {
          await stop(child, new AbortController().signal);
          signal.throwIfAborted();
        }
        await delay(ASK_EVERY_MS);
      }
      return child;
    },
    stop,
  };
}

/** SIGINT is Postgres's "fast" stop: it rolls back what is open and writes everything out. */
function stop(child: Child, atOnce: AbortSignal): Promise<void> {
  return stopChild(
    child,
    [
      { signal: 'SIGINT', graceMs: 20_000 },
      { signal: 'SIGQUIT', graceMs: 5_000 },
    ],
    atOnce,
  );
}

async function storyOf(child: Child, log: ChildLog): Promise<string> {
  return `it ended (${exitText(await child.exited)}); its last lines:\n${log.lastLines().join('\n')}`;
}
