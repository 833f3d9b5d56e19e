import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { becomeReady, type LabProcess, startLabProcess } from '../lab-process.ts';
import type { LabRecord } from '../ownership/lab-record.ts';

/**
 * What makes a node a machine of its own beside its network: a host name, and its own /var/lib, /var/log, /run and
 * machine id over a file system that is otherwise this machine's. So two nodes may use the same hostPath, and all
 * mounts of kubelet and containerd go with the last process.
 */
export interface NodeNamespaces {
  /** Words to put before a command that is to run on the node. */
  readonly enter: readonly string[];
  readonly holder: LabProcess;
}

export interface NamespacesOptions {
  readonly name: string;
  readonly netns: string;
  /** Folder of the node: what it has of its own lies in it. */
  readonly dir: string;
  readonly record: LabRecord;
  readonly joinFiles: readonly string[];
}

/** Own folder of the node, by the path that it has on the node. */
export const OWN_FOLDERS = { '/var/lib': 'var-lib', '/var/log': 'var-log', '/run': 'run' } as const;
const MACHINE_ID = '/etc/machine-id';

export async function makeNodeNamespaces(options: NamespacesOptions): Promise<NodeNamespaces> {
  const { name, netns, dir, record, joinFiles } = options;
  // As after a boot.
  rmSync(join(dir, 'run'), { recursive: true, force: true });
  for (const folder of Object.values(OWN_FOLDERS)) mkdirSync(join(dir, folder), { recursive: true });
  mkdirSync(join(dir, 'run', 'lock'), { recursive: true });
  const machineId = join(dir, 'machine-id');
  if (!existsSync(machineId)) writeFileSync(machineId, `${randomBytes(16).toString('hex')}\n`);
  const ready = join(dir, 'ready');
  rmSync(ready, { force: true });
  const script = [
    'set -e',
    ...joinFiles.map((file) => `echo $$ > ${file}`),
    'mount --make-rshared /',
    ...Object.entries(OWN_FOLDERS).map(([path, folder]) => `mount --bind ${dir}/${folder} ${path}`),
    ...(existsSync(MACHINE_ID) ? [`mount --bind ${machineId} ${MACHINE_ID}`] : []),
    `hostname ${name}`,
    `: > ${ready}`,
    'exec sleep infinity',
  ].join('\n');
  const holder = startLabProcess(
    `${name} namespaces`,
    ['unshare', '--mount', '--uts', '--propagation', 'private', 'sh', '-c', script],
    { record, logFile: join(dir, 'namespaces.log') },
  );
  await becomeReady(holder, () => existsSync(ready));
  const joinCgroups = joinFiles.map((file) => `echo $$ > ${file}`).join('; ');
  const own = `/proc/${holder.pid}/ns`;
  return {
    holder,
    enter: [
      'sh',
      '-c',
      `${joinCgroups}; exec "$@"`,
      'sh',
      'nsenter',
      `--mount=${own}/mnt`,
      `--uts=${own}/uts`,
      // Not `ip netns exec`: that remounts /sys and hides the cgroups.
      `--net=/run/netns/${netns}`,
    ],
  };
}
