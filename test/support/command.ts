import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../../cli/src/bin/streamswarm.ts', import.meta.url));

export interface CommandEnd {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface CommandOptions {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface StartedCommand {
  readonly process: ChildProcess;
  readonly ended: Promise<CommandEnd>;
}

/** `streamswarm` with these arguments, in the background. */
export function startCommand(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): StartedCommand {
  const child = spawn(process.execPath, [CLI, ...args], { env: { ...process.env, ...env } });
  const printed = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    printed.err += text;
  });
  const ended = new Promise<CommandEnd>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...printed }));
  });
  return { process: child, ended };
}

/** `streamswarm` with these arguments, to its end. */
export function runCommand(args: readonly string[], options: CommandOptions = {}): Promise<CommandEnd> {
  const { process: child, ended } = startCommand(args, options.env);
  child.stdin?.end(options.input ?? '');
  return ended;
}
