import { readFileSync } from 'node:fs';
import { cpuSecondsOf } from '../../bench/cpu-seconds.ts';

/** CPU time so far and memory now of a process, as the kernel counts them. */
export function processFigures(pid: number): { cpuSeconds: number; rssBytes: number } {
  const rss = /^VmRSS:\s+([0-9]+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return { cpuSeconds: cpuSecondsOf(pid), rssBytes: Number(rss) * 1_024 };
}
