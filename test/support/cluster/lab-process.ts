import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { waitUntil } from '../wait-until.ts';
import type { LabRecord } from './ownership/lab-record.ts';
import { isAlive, type ProcessIdentity, signalProcess } from './ownership/process-identity.ts';

/** A long-running program of the lab, with its output in a file. */
export interface LabProcess {
  readonly name: string;
  readonly pid: number;
  readonly logFile: string;
  readonly running: boolean;
  /** SIGKILL and SIGTERM wait for the end. */
  signal(signal: NodeJS.Signals): Promise<void>;
  /** The last lines of its log. */
  logTail(): string;
}

export interface LabProcessOptions {
  readonly record: LabRecord;
  readonly logFile: string;
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Starts a program in a session of its own, so that it gets no Ctrl-C and may outlive this process; the record of
 * the lab knows it.
 */
export function startLabProcess(
  name: string,
  [program = '', ...words]: readonly string[],
  { record, logFile, env = {} }: LabProcessOptions,
): LabProcess {
  const log = openSync(logFile, 'a', 0o600);
  const child = spawn(program, words, {
    detached: true,
    stdio: ['ignore', log, log],
    env: { ...process.env, ...env },
  });
  closeSync(log);
  // A program that is not there has no pid, which is told below.
  child.once('error', () => undefined);
  child.unref();
  if (child.pid === undefined) throw new Error(`${program} cannot be started: is it installed and on PATH?`);
  const identity = record.addProcess(child.pid);
  return {
    name,
    pid: child.pid,
    logFile,
    get running() {
      return isRunning(child, identity);
    },
    async signal(signal) {
      if (!isRunning(child, identity)) return;
      const exited = new Promise((resolve) => child.once('exit', resolve));
      child.ref();
      signalProcess(identity, signal);
      if (signal === 'SIGKILL' || signal === 'SIGTERM') await exited;
      child.unref();
    },
    logTail: () => readFileSync(logFile, 'utf8').split('\n').slice(-15).join('\n'),
  };
}

/** Asks until the answer is true; a program that ends instead is an error with the end of its log. */
export async function becomeReady(server: LabProcess, ask: () => boolean | Promise<boolean>): Promise<void> {
  const failed = (cause?: unknown): Error =>
    new Error(`${server.name} did not come up; the end of ${server.logFile}:\n${server.logTail()}`, {
      cause,
    });
  const outcome = await waitUntil(`${server.name} is ready`, async () =>
    server.running ? (await ask()) && 'ready' : 'ended',
  ).catch((cause: unknown) => {
    throw failed(cause);
  });
  if (outcome === 'ended') throw failed();
}

function isRunning(child: ChildProcess, identity: ProcessIdentity): boolean {
  return child.exitCode === null && child.signalCode === null && isAlive(identity);
}
