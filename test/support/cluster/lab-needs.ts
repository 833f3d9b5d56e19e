import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { TestContext } from 'node:test';
import { needs } from '../needs.ts';
import { toolFile } from './tools/cache-entry.ts';
import { recipeOf, TOOL_NAMES } from './tools/catalogue.ts';

const PROGRAMS = ['containerd', 'ctr', 'ip', 'nft', 'nsenter', 'runc', 'sysctl', 'unshare'];
const CNI_PLUGINS = ['host-local', 'loopback', 'portmap', 'ptp'];

/** For tests that start only a control plane: Go, or binaries from an earlier run. */
export function needsControlPlane(t: TestContext): boolean {
  const problem = toolsProblem();
  return needs(t, problem === null, problem ?? '');
}

/** For tests that start nodes. */
export function needsCluster(t: TestContext): boolean {
  const problem = clusterProblem();
  return needs(t, problem === null, problem ?? '');
}

/** What keeps this machine from running a cluster, as in "needs ..."; or null. */
export function clusterProblem(): string | null {
  if (process.platform !== 'linux') return 'Linux, for the namespaces of the nodes';
  if (process.getuid?.() !== 0) return 'root, for the namespaces of the nodes';
  const missing = [
    ...PROGRAMS.filter((program) => !onPath(program)),
    ...CNI_PLUGINS.filter((plugin) => !existsSync(`/usr/lib/cni/${plugin}`)).map((plugin) => `CNI ${plugin}`),
  ];
  if (missing.length > 0) {
    return `${missing.join(', ')} (Debian: apt-get install containerd runc containernetworking-plugins iproute2 nftables iptables procps)`;
  }
  return toolsProblem();
}

/** What keeps this machine from having the binaries, as in "needs ..."; or null. */
export function toolsProblem(): string | null {
  const cached = TOOL_NAMES.every((name) => existsSync(toolFile(name, recipeOf(name))));
  if (cached || spawnSync('go', ['version']).status === 0) return null;
  return 'Go, to build the Kubernetes binaries once (https://go.dev/dl/)';
}

function onPath(program: string): boolean {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return folders.some((folder) => existsSync(join(folder, program)));
}
