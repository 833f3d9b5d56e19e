import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';

/**
 * What this machine still has of a lab, found by looking at the machine and not at the lab's own books: processes
 * by their command, environment or cgroup, mounts, namespaces, cgroups, and the folder. One line each.
 */
export function leftovers(labDir: string): string[] {
  const name = basename(labDir);
  return [
    ...processes(name),
    ...lines('/proc/self/mountinfo')
      .filter((line) => line.includes(name))
      .map((line) => `mount ${line}`),
    ...entries('/run/netns')
      .filter((entry) => entry.includes(name))
      .map((entry) => `netns ${entry}`),
    ...cgroups(name),
    ...(existsSync(labDir) ? [`folder ${labDir}`] : []),
  ];
}

function processes(name: string): string[] {
  return entries('/proc')
    .filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid)
    .flatMap((pid) => {
      const about = [`/proc/${pid}/cmdline`, `/proc/${pid}/cgroup`].flatMap(lines).join(' ');
      return about.includes(name) && isRunning(pid) ? [`process ${pid} ${about.slice(0, 200)}`] : [];
    });
}

/** A zombie has no program any more. */
function isRunning(pid: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/exe`) !== '';
  } catch {
    return false;
  }
}

function cgroups(name: string): string[] {
  const mount = '/sys/fs/cgroup';
  return ['', ...entries(mount)]
    .flatMap((hierarchy) => entries(`${mount}/${hierarchy}`).map((entry) => `${mount}/${hierarchy}/${entry}`))
    .filter((path) => path.includes(name))
    .map((path) => `cgroup ${path}`);
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function lines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').replaceAll('\0', ' ').split('\n').filter(Boolean);
  } catch {
    return [];
  }
}
