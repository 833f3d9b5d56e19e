import type { CpuTimes } from './host-reading.ts';

export interface ProcStat {
  readonly cpu: CpuTimes | null;
  readonly cores: ReadonlyMap<string, CpuTimes>;
  readonly contextSwitches: number | null;
  readonly interrupts: number | null;
  readonly processesRunning: number | null;
  readonly processesBlocked: number | null;
}

/** /proc/stat (proc_stat(5)): CPU time in ticks, counters since boot. */
export function parseProcStat(text: string): ProcStat {
  let cpu: CpuTimes | null = null;
  const cores = new Map<string, CpuTimes>();
  const single = new Map<string, number>();
  for (const line of text.split('\n')) {
    const space = line.indexOf(' ');
    const name = line.slice(0, space);
    if (name === 'cpu') cpu = cpuTimes(line);
    else if (name.startsWith('cpu')) cores.set(name, cpuTimes(line));
    else if (space > 0) single.set(name, Number.parseInt(line.slice(space + 1), 10));
  }
  return {
    cpu,
    cores,
    contextSwitches: single.get('ctxt') ?? null,
    interrupts: single.get('intr') ?? null,
    processesRunning: single.get('procs_running') ?? null,
    processesBlocked: single.get('procs_blocked') ?? null,
  };
}

function cpuTimes(line: string): CpuTimes {
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] = line
    .trim()
    .split(/\s+/)
    .slice(1)
    .map(Number);
  return { user: user + nice, system: system + irq + softirq, idle, iowait, steal };
}
