import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { LabProcess } from '../lab-process.ts';
import type { LabNetwork, NodeNetwork } from '../network/lab-network.ts';
import type { LabRecord } from '../ownership/lab-record.ts';
import { identityOf, isAlive, signalProcess } from '../ownership/process-identity.ts';
import { mustRun, type ProgramResult, type RunOptions, runProgram } from '../run-program.ts';
import { makeNodeCgroups, type NodeCgroups } from './node-cgroups.ts';
import type { NodeConfigInput } from './node-configs.ts';
import { makeNodeNamespaces, OWN_FOLDERS } from './node-namespaces.ts';
import {
  containerdSocket,
  snapshotterFor,
  startContainerd,
  startKubelet,
  startKubeProxy,
} from './node-programs.ts';
import { PAUSE_IMAGE } from './pause-image.ts';

/** One node of the lab: its own network, mounts, host name, containerd, kubelet and kube-proxy. */
export interface LabNode {
  readonly name: string;
  /** Name of its network namespace for `ip -n` and test/support/net's Namespace. */
  readonly netns: string;
  readonly address: string;
  readonly podRange: string;
  readonly running: boolean;
  /** Where a path of the node (below /var/lib, /var/log or /run) lies for this machine. */
  hostPath(path: string): string;
  /** Runs a program of this machine in the node's network; a failure is a value. */
  exec(argv: readonly string[], options?: RunOptions): Promise<ProgramResult>;
  /** Words to put before a program that is to run in the node's network, for spawn(). */
  readonly networkWords: readonly string[];
  /** Power off: kill -9 of all that runs on it, its pods too, and its cable is dead. */
  stop(): Promise<void>;
  /** Power on again, with the disk that it had. */
  start(): Promise<void>;
  /** All that runs on it stands still; its kernel still answers pings. */
  freeze(): void;
  thaw(): void;
  /** Pulls its cable: everything on it goes on, alone. */
  cutNetwork(): Promise<void>;
  restoreNetwork(): Promise<void>;
  importImage(tarPath: string): Promise<void>;
}

export interface NodeOptions {
  readonly name: string;
  readonly number: number;
  readonly record: LabRecord;
  readonly network: LabNetwork;
  readonly pauseTar: string;
  readonly clientCaFile: string;
}

/** What kubelet and kube-proxy need of the control plane. */
export interface NodeKubeconfigs {
  readonly kubelet: string;
  readonly kubeProxy: string;
}

export interface ManagedNode extends LabNode {
  readonly network: NodeNetwork;
  readonly dir: string;
  /** Wall clock when its kubelet was started last. */
  readonly joinedMs: number;
  /** containerd only, so that a control plane may start meanwhile. */
  prepare(): Promise<void>;
  /** kubelet and kube-proxy. */
  join(kubeconfigs: NodeKubeconfigs): Promise<void>;
}

const LONGEST_END_MS = 15_000;

export async function makeNode(options: NodeOptions): Promise<ManagedNode> {
  const { name, number, record, network, pauseTar } = options;
  const dir = join(record.dir, 'nodes', name);
  mkdirSync(dir, { recursive: true });
  const nodeNetwork = await network.addNode(number);
  const cgroups = makeNodeCgroups(nodeNetwork.netns, record);
  const config = configOf(options, { dir, network: nodeNetwork, cgroups });
  const networkWords = ['nsenter', `--net=/run/netns/${nodeNetwork.netns}`];
  let enter: readonly string[] = [];
  let kubelet: LabProcess | undefined;
  let kubeconfigs: NodeKubeconfigs | undefined;
  let joinedMs = 0;

  const prepare = async (): Promise<void> => {
    const { netns } = nodeNetwork;
    ({ enter } = await makeNodeNamespaces({ name, netns, dir, record, joinFiles: cgroups.joinFiles }));
    await startContainerd({ dir, record, enter, config });
    await importImage(pauseTar);
  };
  const joinCluster = async (given: NodeKubeconfigs): Promise<void> => {
    kubeconfigs = given;
    joinedMs = Date.now();
    const parts = { dir, record, enter, config };
    kubelet = await startKubelet(parts, given.kubelet);
    const clusterRange = network.plan.podRange;
    await startKubeProxy(parts, { kubeconfig: given.kubeProxy, clusterRange });
  };
  const importImage = async (tarPath: string): Promise<void> => {
    await mustRun('ctr', ['-a', containerdSocket(dir), '-n', 'k8s.io', 'images', 'import', tarPath]);
  };

  return {
    name,
    dir,
    network: nodeNetwork,
    netns: nodeNetwork.netns,
    address: nodeNetwork.address,
    podRange: nodeNetwork.podRange,
    networkWords,
    get running() {
      return kubelet?.running === true;
    },
    get joinedMs() {
      return joinedMs;
    },
    prepare,
    join: joinCluster,
    importImage,
    hostPath: (path) => outsidePath(dir, path),
    exec: (argv, runOptions) => {
      const [program = '', ...words] = [...networkWords, ...argv];
      return runProgram(program, words, runOptions);
    },
    async stop() {
      await nodeNetwork.setCable('down');
      cgroups.thaw();
      await endAll(cgroups);
    },
    async start() {
      if (kubeconfigs === undefined) throw new Error(`${name} has never been part of a cluster`);
      await nodeNetwork.setCable('up');
      await prepare();
      await joinCluster(kubeconfigs);
    },
    freeze: () => cgroups.freeze(),
    thaw: () => cgroups.thaw(),
    cutNetwork: () => nodeNetwork.setCable('down'),
    restoreNetwork: () => nodeNetwork.setCable('up'),
  };
}

function configOf(
  { name, record, network, clientCaFile }: NodeOptions,
  place: { dir: string; network: NodeNetwork; cgroups: NodeCgroups },
): NodeConfigInput {
  const { dir, cgroups } = place;
  // Nobody answers there unless a test starts a DNS server: the machine's own resolver is never asked.
  const resolvConf = join(dir, 'resolv.conf');
  writeFileSync(resolvConf, `nameserver ${network.plan.hostAddress}\n`);
  return {
    name,
    address: place.network.address,
    podRange: place.network.podRange,
    cgroupRoot: cgroups.root,
    cniConfigDir: join(dir, 'cni'),
    clientCaFile,
    resolvConf,
    snapshotter: snapshotterFor(record.dir),
    pauseImage: PAUSE_IMAGE,
  };
}

function outsidePath(dir: string, path: string): string {
  const own = Object.entries(OWN_FOLDERS).find(
    ([folder]) => path === folder || path.startsWith(`${folder}/`),
  );
  // The rest of the file system is the machine's.
  return own === undefined ? path : join(dir, own[1], path.slice(own[0].length));
}

/** Again and again, until a look finds nothing: what dies may just have made a child. */
async function endAll(cgroups: NodeCgroups): Promise<void> {
  const endMs = performance.now() + LONGEST_END_MS;
  for (;;) {
    const alive = cgroups.pids().map(identityOf).filter(isAlive);
    if (alive.length === 0) return;
    if (performance.now() > endMs)
      throw new Error(`of the node these processes do not end: ${alive.map(({ pid }) => pid)}`);
    for (const identity of alive) signalProcess(identity, 'SIGKILL');
    await delay(20);
  }
}
