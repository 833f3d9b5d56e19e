import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connect, type Namespace } from './net/namespace.ts';
import { NetworkLab } from './net/network-lab.ts';
import { waitUntil } from './wait-until.ts';

const CLI = fileURLToPath(new URL('../../cli/src/bin/streamswarm.ts', import.meta.url));
const PORT = 5_000;

export const FIRST_ADDRESS = '198.18.20.1';
export const SECOND_ADDRESS = '198.18.20.2';

/** Two hosts on one cable, each a namespace; the product runs on the first and is open to the second. */
export interface TwoHosts {
  readonly first: Namespace;
  readonly second: Namespace;
  /** As the second host calls the product. */
  readonly url: string;
  /** The product as programs on the first host call it: without a login. */
  api<T>(path: string, request?: { readonly method: string; readonly body?: unknown }): Promise<T>;
  readonly adminLink: string;
  /** A command as people type it on the second host, such as the join command; runs until it ends or is stopped. */
  onSecond(command: string): HostCommand;
  stop(): Promise<void>;
}

export interface HostCommand {
  readonly process: ChildProcess;
  /** Its exit code. */
  readonly ended: Promise<number | null>;
  output(): string;
}

export async function startTwoHosts(): Promise<TwoHosts> {
  const lab = new NetworkLab();
  const folder = mkdtempSync(join(tmpdir(), 'streamswarm-two-hosts-'));
  const first = lab.namespace('first');
  const second = lab.namespace('second');
  connect(first, 'eth0', second, 'eth0');
  first.address('eth0', `${FIRST_ADDRESS}/24`);
  second.address('eth0', `${SECOND_ADDRESS}/24`);
  const running: HostCommand[] = [];
  const start = (namespace: Namespace, args: readonly string[], stateDir: string): HostCommand => {
    const command = run(namespace, args, join(folder, stateDir));
    running.push(command);
    return command;
  };
  const stop = async (): Promise<void> => {
    for (const command of running.toReversed()) {
      if (command.process.exitCode === null) command.process.kill('SIGTERM');
      await command.ended;
    }
    lab.close();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const product = start(first, ['up', '--host', '0.0.0.0', '--hello', 'off'], 'first');
    const adminLink = await waitUntil('the product is up', () => {
      if (product.process.exitCode !== null) throw new Error(`it ended:\n${product.output()}`);
      return Promise.resolve(/https:\/\/\S+#\S+/.exec(product.output())?.[0]);
    });
    return {
      first,
      second,
      url: `https://${FIRST_ADDRESS}:${PORT}`,
      api: (path, request) => askInside(first, `http://127.0.0.1:${PORT + 1}${path}`, request),
      adminLink,
      onSecond: (command) => start(second, command.replace(/^streamswarm /, '').split(' '), 'second'),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function run(namespace: Namespace, args: readonly string[], stateDir: string): HostCommand {
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

/** Only processes of the namespace reach it: so a small program there asks for us. */
async function askInside<T>(
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
