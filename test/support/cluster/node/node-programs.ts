import { mkdirSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { becomeReady, type LabProcess, startLabProcess } from '../lab-process.ts';
import type { LabRecord } from '../ownership/lab-record.ts';
import { runProgram } from '../run-program.ts';
import { ensureTools } from '../tools.ts';
import { cniConfig, containerdConfig, kubeletConfig, type NodeConfigInput } from './node-configs.ts';

export interface ProgramsOptions {
  readonly dir: string;
  readonly record: LabRecord;
  /** Words that put a command on the node. */
  readonly enter: readonly string[];
  readonly config: NodeConfigInput;
}

/** Seen from outside the node. */
export function containerdSocket(nodeDir: string): string {
  return join(nodeDir, 'run', 'containerd', 'containerd.sock');
}

export async function startContainerd({ dir, record, enter, config }: ProgramsOptions): Promise<LabProcess> {
  const configFile = join(dir, 'containerd.toml');
  writeFileSync(configFile, containerdConfig(config));
  mkdirSync(config.cniConfigDir, { recursive: true });
  writeFileSync(join(config.cniConfigDir, '10-lab.conflist'), cniConfig(config));
  const containerd = startLabProcess(
    `containerd of ${config.name}`,
    [...enter, 'containerd', '--config', configFile, '--log-level', 'warn'],
    { record, logFile: join(dir, 'containerd.log') },
  );
  await becomeReady(
    containerd,
    async () => (await runProgram('ctr', ['-a', containerdSocket(dir), 'version'])).code === 0,
  );
  return containerd;
}

export async function startKubelet(
  { dir, record, enter, config }: ProgramsOptions,
  kubeconfig: string,
): Promise<LabProcess> {
  const { kubelet } = await ensureTools(['kubelet']);
  const configFile = join(dir, 'kubelet.json');
  writeFileSync(configFile, kubeletConfig(config));
  return startLabProcess(
    `kubelet of ${config.name}`,
    [
      ...enter,
      kubelet,
      `--config=${configFile}`,
      `--kubeconfig=${kubeconfig}`,
      `--hostname-override=${config.name}`,
      `--node-ip=${config.address}`,
    ],
    { record, logFile: join(dir, 'kubelet.log') },
  );
}

export async function startKubeProxy(
  { dir, record, enter, config }: ProgramsOptions,
  { kubeconfig, clusterRange }: { kubeconfig: string; clusterRange: string },
): Promise<LabProcess> {
  const tools = await ensureTools(['kube-proxy']);
  return startLabProcess(
    `kube-proxy of ${config.name}`,
    [
      ...enter,
      tools['kube-proxy'],
      `--kubeconfig=${kubeconfig}`,
      `--hostname-override=${config.name}`,
      '--proxy-mode=nftables',
      `--cluster-cidr=${clusterRange}`,
      // A namespace may not size the kernel's connection table.
      '--conntrack-max-per-core=0',
      '--conntrack-tcp-timeout-established=0s',
      '--conntrack-tcp-timeout-close-wait=0s',
    ],
    { record, logFile: join(dir, 'kube-proxy.log') },
  );
}

const OVERLAYFS_MAGIC = 0x794c7630;

/** An overlay cannot lie on another one, as the file system of a container often is. */
export function snapshotterFor(dir: string): 'overlayfs' | 'native' {
  return statfsSync(dir).type === OVERLAYFS_MAGIC ? 'native' : 'overlayfs';
}
