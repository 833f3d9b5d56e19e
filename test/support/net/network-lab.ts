// Network namespaces for tests. Relies on root, iproute2 and nftables. Every name carries the process id of its
// maker: what a crashed run has left behind is found by that and removed by the next one.
import { existsSync, readdirSync } from 'node:fs';
import { Namespace } from './namespace.ts';
import { runCommand } from './run-command.ts';

const PREFIX = 'sslab';

/** Why no lab can be had here, or undefined. In CI it must be had: then the tests run, and fail by themselves. */
export function networkLabProblem(): string | undefined {
  if (process.env['CI'] !== undefined) return undefined;
  const problem = findProblem();
  if (problem !== undefined) {
    console.error(`\n*** SKIPPED: network tests need Linux, root, iproute2 and nftables: ${problem} ***\n`);
  }
  return problem;
}

function findProblem(): string | undefined {
  if (process.platform !== 'linux') return `this is ${process.platform}`;
  if (process.getuid?.() !== 0) return 'not root';
  for (const program of ['ip', 'nft', 'tc']) {
    const folders = ['/usr/sbin', '/usr/bin', '/sbin', '/bin'];
    if (!folders.some((folder) => existsSync(`${folder}/${program}`))) return `no ${program}`;
  }
  return undefined;
}

/** Owns the namespaces of one test; they go with close(), with the process, or with the next run. */
export class NetworkLab {
  readonly #namespaces: Namespace[] = [];
  readonly #onExit = (): void => this.close();
  static #made = 0;

  constructor() {
    removeOrphans();
    process.once('exit', this.#onExit);
  }

  /** A fresh namespace with its loopback up. */
  namespace(role: string): Namespace {
    const name = `${PREFIX}-${process.pid}-${NetworkLab.#made++}-${role}`;
    runCommand('ip', 'netns', 'add', name);
    const namespace = new Namespace(name);
    this.#namespaces.push(namespace);
    // Duplicate address detection would keep link-local addresses, and so neighbour discovery, shut for a second.
    namespace.sysctl('net.ipv6.conf.default.accept_dad', '0');
    namespace.ip('link', 'set', 'lo', 'up');
    return namespace;
  }

  close(): void {
    process.off('exit', this.#onExit);
    for (const { name } of this.#namespaces.splice(0)) runCommand('ip', 'netns', 'delete', name);
  }
}

function removeOrphans(): void {
  if (!existsSync('/run/netns')) return;
  for (const name of readdirSync('/run/netns')) {
    const [prefix, pid] = name.split('-');
    if (prefix !== PREFIX || existsSync(`/proc/${pid}`)) continue;
    try {
      runCommand('ip', 'netns', 'delete', name);
    } catch (error) {
      // Another run may sweep at the same moment.
      if (existsSync(`/run/netns/${name}`)) throw error;
    }
  }
}
