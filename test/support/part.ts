import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';

const ROOT = new URL('../../', import.meta.url);

/** A process of the product under the test's control. */
export interface Part {
  readonly running: boolean;
  readonly pid: number;
  start(): void;
  /** Sends a signal; after SIGKILL and SIGTERM it waits for the end. */
  signal(signal: NodeJS.Signals): Promise<void>;
}

export interface PartProgram {
  /** Below the root of the repository. */
  readonly script: string;
  readonly args: readonly string[];
  /** Beside the environment of the test. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A program of the product, started from source; it writes `name`.log into the folder. */
export function part(dir: string, name: string, { script, args, env = {} }: PartProgram): Part {
  let child: ChildProcess | null = null;
  const alive = (): boolean => child !== null && child.exitCode === null && child.signalCode === null;
  return {
    get running() {
      return alive();
    },
    get pid() {
      return child?.pid ?? 0;
    },
    start() {
      if (alive()) throw new Error(`${name} runs already`);
      child = spawn(process.execPath, [new URL(script, ROOT).pathname, ...args], {
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        env: { ...process.env, ...env },
      });
      const log = createWriteStream(join(dir, `${name}.log`), { flags: 'a' });
      child.stdout?.pipe(log, { end: false });
      child.stderr?.pipe(log, { end: false });
    },
    async signal(signal) {
      const target = child;
      if (target === null || !alive()) return;
      const exited = new Promise((resolve) => target.once('exit', resolve));
      target.kill(signal);
      if (signal === 'SIGKILL' || signal === 'SIGTERM') await exited;
    },
  };
}
