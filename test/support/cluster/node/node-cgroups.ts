import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LabRecord } from '../ownership/lab-record.ts';

/** The cgroups of one node: all its programs and pods live below `/NAME` of every hierarchy. */
export interface NodeCgroups {
  /** What kubelet takes as cgroupRoot. */
  readonly root: string;
  /** Files that a process writes its pid to in order to join. */
  readonly joinFiles: readonly string[];
  freeze(): void;
  thaw(): void;
  /** Of everything on the node. */
  pids(): number[];
}

const MOUNT = '/sys/fs/cgroup';
/** The v2 mount beside v1 ones: it has no controllers. */
const UNIFIED = `${MOUNT}/unified`;

/**
 * Made beforehand in every hierarchy: kubelet does not make its root, and with one root for two kubelets each
 * ends the other's pods.
 */
export function makeNodeCgroups(name: string, record: LabRecord): NodeCgroups {
  const hierarchies = cgroupHierarchies();
  const system = hierarchies.map((hierarchy) => {
    const root = join(hierarchy, name);
    record.add({ kind: 'cgroup', path: root });
    makeCgroup(root, hierarchy);
    makeCgroup(join(root, 'system'), root);
    return join(root, 'system');
  });
  // runc makes its own folder in the v2 mount beside v1 ones.
  if (existsSync(UNIFIED)) record.add({ kind: 'cgroup', path: join(UNIFIED, name) });
  const freezer = hierarchies.map((hierarchy) => join(hierarchy, name)).find(canFreeze);
  return {
    root: `/${name}`,
    joinFiles: system.map((path) => join(path, 'cgroup.procs')),
    freeze: () => setFrozen(freezer, true),
    thaw: () => setFrozen(freezer, false),
    pids: () => [...new Set(hierarchies.flatMap((hierarchy) => pidsBelow(join(hierarchy, name))))],
  };
}

/** Every v1 hierarchy, or the one of v2. */
export function cgroupHierarchies(): string[] {
  if (existsSync(join(MOUNT, 'cgroup.controllers'))) return [MOUNT];
  return readdirSync(MOUNT)
    .map((entry) => join(MOUNT, entry))
    .filter((path) => path !== UNIFIED && existsSync(join(path, 'cgroup.procs')));
}

function makeCgroup(path: string, parent: string): void {
  const controllers = join(parent, 'cgroup.controllers');
  if (existsSync(controllers)) {
    // v2: a child has what its parent hands down.
    const wanted = readFileSync(controllers, 'utf8').trim().split(' ').filter(Boolean);
    for (const one of wanted) writeFileSync(join(parent, 'cgroup.subtree_control'), `+${one}`);
  }
  mkdirSync(path, { recursive: true });
  // v1: a new cpuset holds no CPU and no memory, and nothing can join it.
  for (const file of ['cpuset.cpus', 'cpuset.mems']) {
    if (existsSync(join(parent, file)) && !existsSync(controllers)) {
      writeFileSync(join(path, file), readFileSync(join(parent, file), 'utf8').trim());
    }
  }
}

function canFreeze(path: string): boolean {
  return existsSync(join(path, 'freezer.state')) || existsSync(join(path, 'cgroup.freeze'));
}

/** Both kinds freeze what lies below too. */
export function setFrozen(path: string | undefined, frozen: boolean): void {
  if (path === undefined) throw new Error('this machine has no freezer cgroup: a node cannot be frozen');
  if (existsSync(join(path, 'freezer.state'))) {
    writeFileSync(join(path, 'freezer.state'), frozen ? 'FROZEN' : 'THAWED');
  } else {
    writeFileSync(join(path, 'cgroup.freeze'), frozen ? '1' : '0');
  }
}

function pidsBelow(path: string): number[] {
  if (!existsSync(path)) return [];
  const own = readFileSync(join(path, 'cgroup.procs'), 'utf8').split('\n').filter(Boolean).map(Number);
  const inner = readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [...own, ...inner.flatMap((entry) => pidsBelow(join(path, entry.name)))];
}
