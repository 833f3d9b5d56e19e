import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { guardAgainstOrphan } from './orphan-guard.ts';

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Set where the program could not be started at all. */
  readonly error: Error | null;
}

/** A process of ours, from spawn to exit. */
export interface Child {
  readonly pid: number | undefined;
  readonly exited: Promise<Exit>;
  readonly hasExited: boolean;
  signal(signal: NodeJS.Signals): void;
}

export interface WatchOptions {
  onLine(line: string): void;
  /** How the process is asked to end when we die without a word. */
  readonly orphanSignal: 'TERM' | 'INT';
}

/** Watches over a spawned process: its lines, its end, and that it does not outlive us. */
export function watchChild(spawned: ChildProcess, { onLine, orphanSignal }: WatchOptions): Child {
  let ended = false;
  const release = spawned.pid === undefined ? () => undefined : guardAgainstOrphan(spawned.pid, orphanSignal);
  for (const stream of [spawned.stdout, spawned.stderr]) if (stream !== null) forLines(stream, onLine);
  const exited = new Promise<Exit>((resolve) => {
    spawned.once('error', (error) => {
      // Also raised when a signal cannot be delivered; only a process that never was has no exit to come.
      if (spawned.pid === undefined) resolve({ code: null, signal: null, error });
    });
    // `exit`, not `close`: a grandchild that keeps the pipe open must not hide the death.
    spawned.once('exit', (code, signal) => resolve({ code, signal, error: null }));
  }).then((exit) => {
    ended = true;
    release();
    return exit;
  });
  return {
    pid: spawned.pid,
    exited,
    get hasExited() {
      return ended;
    },
    signal: (signal) => {
      if (!ended) spawned.kill(signal);
    },
  };
}

function forLines(stream: Readable, onLine: (line: string) => void): void {
  createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on('line', onLine);
  stream.on('error', () => undefined);
}

/** Asks a child to end with each signal in turn, waiting between them; the last one cannot be refused. */
export async function stopChild(
  child: Child,
  steps: readonly { readonly signal: NodeJS.Signals; readonly graceMs: number }[],
  atOnce: AbortSignal,
): Promise<void> {
  for (const { signal, graceMs } of steps) {
    if (child.hasExited) return;
    child.signal(signal);
    if (!atOnce.aborted) await settledWithin(child.exited, graceMs, atOnce);
  }
  if (!child.hasExited) child.signal('SIGKILL');
  await child.exited;
}

async function settledWithin(exited: Promise<Exit>, ms: number, atOnce: AbortSignal): Promise<void> {
  const done = new AbortController();
  const timeout = AbortSignal.any([AbortSignal.timeout(ms), atOnce, done.signal]);
  await Promise.race([exited, once(timeout, 'abort')]);
  done.abort();
}

/** An exit in words: `SIGKILL`, `code 1`, or why it never started. */
export function exitText({ code, signal, error }: Exit): string {
  return error !== null ? error.message : signal !== null ? signal : `code ${code}`;
}
