import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** User and system seconds that a process has used so far, its threads included (proc(5), stat fields 14 and 15). */
export function cpuSecondsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS;
}

const CLOCK_TICKS = Number(spawnSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }).stdout);

/** User and system seconds of a command from start to end, or null where it is not installed. */
export function cpuSecondsOfCommand(command: string, args: readonly string[]): number | null {
  if (spawnSync('sh', ['-c', `command -v ${command}`]).status !== 0) return null;
  const run = spawnSync(
    'bash',
    ['-c', 'TIMEFORMAT="cpu %U %S"; time "$@" >/dev/null 2>&1', 'bash', command, ...args],
    {
      encoding: 'utf8',
    },
  );
  const [, user, system] = /cpu ([0-9.]+) ([0-9.]+)/.exec(run.stderr) ?? [];
  return user === undefined || system === undefined ? null : Number(user) + Number(system);
}
