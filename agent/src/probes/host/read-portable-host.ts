import { cpus, freemem, loadavg, totalmem } from 'node:os';
import { type CpuTimes, type HostReading, UNTOLD } from './host-reading.ts';

/** Reads a machine that is no Linux: what Node and systeminformation can tell there; the rest stays untold. */
export async function readPortableHost(monotonicMs: () => number): Promise<HostReading> {
  // Loaded here, because on Linux nobody needs its memory.
  const { default: system } = await import('systeminformation');
  const [memory, speed, sizes, processes] = await Promise.all([
    system.mem(),
    system.cpuCurrentSpeed(),
    system.fsSize(),
    system.processes(),
  ]);
  const root = sizes[0];
  const [one = 0, five = 0, fifteen = 0] = loadavg();
  const cores = new Map(cpus().map((core, i) => [`cpu${i}`, coreTimes(core.times)]));
  return {
    ...UNTOLD,
    atMs: monotonicMs(),
    cpu: sumOf([...cores.values()]),
    cores,
    coresOnline: cores.size === 0 ? null : cores.size,
    frequencyHertz: speed.avg > 0 ? speed.avg * 1e9 : null,
    // Windows has no load average, and Node answers 0 there.
    load: process.platform === 'win32' ? null : [one, five, fifteen],
    memory: {
      total: totalmem(),
      available: memory.available > 0 ? memory.available : freemem(),
      cached: null,
      buffers: null,
      shared: null,
      swapTotal: memory.swaptotal,
      swapUsed: memory.swapused,
    },
    rootFileSystem:
      root === undefined || root.size === 0
        ? null
        : { total: root.size, used: root.used, ratio: root.used / root.size },
    processes: processes.all > 0 ? processes.all : null,
  };
}

function coreTimes(times: { user: number; nice: number; sys: number; irq: number; idle: number }): CpuTimes {
  const { user, nice, sys, irq, idle } = times;
  return { user: user + nice, system: sys + irq, idle, iowait: null, steal: null };
}

function sumOf(cores: readonly CpuTimes[]): CpuTimes | null {
  if (cores.length === 0) return null;
  const sum = (mode: 'user' | 'system' | 'idle'): number =>
    cores.reduce((total, core) => total + core[mode], 0);
  return { user: sum('user'), system: sum('system'), idle: sum('idle'), iowait: null, steal: null };
}
