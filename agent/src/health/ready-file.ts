import { rename, rm, writeFile } from 'node:fs/promises';
import type { AgentLogger } from '../logger.ts';

/**
 * How often the file is renewed while all is well, ms. A probe should call the agent ready while the file is younger
 * than four of these: no port is needed, which on the host's network another process could sit on.
 */
export const READY_EVERY_MS = 5_000;
/** Who is not ready yet looks sooner: a rolling update waits for this. */
const UNREADY_EVERY_MS = 500;

export interface ReadyFileOptions {
  readonly path: string;
  /** Of this start: tells its file from one that an earlier start has left. */
  readonly nonce: string;
  readonly log: Pick<AgentLogger, 'warn'>;
  wallMs(): number;
  /** Resolves with true while what the file stands for is so. A question that is never answered is a no. */
  isReady(): Promise<boolean>;
  readonly everyMs?: number;
}

/** Keeps a file young while the agent is ready (or alive); returns what ends that and removes the file. */
export async function keepReadyFile(options: ReadyFileOptions): Promise<() => Promise<void>> {
  const { path, nonce, log, wallMs } = options;
  const everyMs = options.everyMs ?? READY_EVERY_MS;
  const temporary = `${path}.tmp`;
  let isOver = false;
  let wasWritten = true;
  let timer: NodeJS.Timeout | undefined;

  let isReady = false;
  const write = async (): Promise<void> => {
    try {
      isReady = false;
      isReady = await options.isReady();
      if (!isReady || isOver) return;
      await writeFile(temporary, `${JSON.stringify({ start: nonce, at: new Date(wallMs()) })}\n`);
      await rename(temporary, path);
      wasWritten = true;
    } catch (error) {
      if (wasWritten) log.warn({ err: error, path }, 'the ready file could not be written: trying again');
      wasWritten = false;
    }
  };
  let turn: Promise<void> = Promise.resolve();
  const next = (): void => {
    turn = write().finally(() => {
      if (!isOver) timer = setTimeout(next, isReady ? everyMs : Math.min(everyMs, UNREADY_EVERY_MS));
    });
  };

  // What an earlier start left says nothing of this one.
  await rm(path, { force: true });
  next();
  return async () => {
    isOver = true;
    clearTimeout(timer);
    // A question that hangs must not hold up the end.
    await Promise.race([turn, new Promise((resolve) => setTimeout(resolve, 500).unref())]);
    await rm(path, { force: true });
    await rm(temporary, { force: true });
  };
}
