import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Namespace } from './namespace.ts';

const CLI = fileURLToPath(new URL('../../../cli/src/bin/streamswarm.ts', import.meta.url));

export interface HostCommand {
  readonly process: ChildProcess;
  /** Its exit code. */
  readonly ended: Promise<number | null>;
  output(): string;
}

/** The command line of the product on that host. */
export function runInside(namespace: Namespace, args: readonly string[], stateDir: string): HostCommand {
  const child = spawn('ip', ['netns', 'exec', namespace.name, process.execPath, CLI, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, STREAMSWARM_STATE_DIR: stateDir },
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { process: child, ended, output: () => printed };
}

/** Only processes of the namespace reach its loopback: so a small program there asks for us. */
export async function askInside<T>(
  namespace: Namespace,
  url: string,
  { method, body }: { readonly method: string; readonly body?: unknown } = { method: 'GET' },
): Promise<T> {
  const init = {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  };
  const script = `const r = await fetch(${JSON.stringify(url)}, ${JSON.stringify(init)}); const text = await r.text();
    if (!r.ok) throw new Error(text); process.stdout.write(text === '' ? 'null' : text);`;
  const words = ['netns', 'exec', namespace.name, process.execPath, '--input-type=module', '-e', script];
  const child = spawn('ip', words, { stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`${init.method} ${url}: ${err}`);
  return JSON.parse(out) as T;
}
