import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type Namespace } from './net/namespace.ts';
import { NetworkLab } from './net/network-lab.ts';
import { askInside, type HostCommand, runInside } from './net/product-inside.ts';
import { waitUntil } from './wait-until.ts';

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
    const command = runInside(namespace, args, join(folder, stateDir));
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
