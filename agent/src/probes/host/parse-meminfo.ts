import type { MemoryBytes } from './host-reading.ts';

/** /proc/meminfo (proc_meminfo(5)), in bytes; null where it lacks what every kernel since 3.14 has. */
export function parseMeminfo(text: string): MemoryBytes | null {
  const fields = new Map<string, number>();
  for (const [, name = '', kibibytes] of text.matchAll(/^([^:\n]+):\s+([0-9]+) kB$/gm)) {
    fields.set(name, Number(kibibytes) * 1_024);
  }
  const total = fields.get('MemTotal');
  const available = fields.get('MemAvailable');
  if (total === undefined || available === undefined) return null;
  const cached = fields.get('Cached');
  const swapTotal = fields.get('SwapTotal') ?? 0;
  return {
    total,
    available,
    cached: cached === undefined ? null : cached + (fields.get('SReclaimable') ?? 0),
    buffers: fields.get('Buffers') ?? null,
    shared: fields.get('Shmem') ?? null,
    swapTotal,
    swapUsed: swapTotal - (fields.get('SwapFree') ?? 0),
  };
}
