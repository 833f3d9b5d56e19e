/** /proc/pressure/*: microseconds since boot in which some task waited (Documentation/accounting/psi.rst). */
export function parsePressure(text: string): number | null {
  const total = /^some .*\btotal=([0-9]+)/m.exec(text)?.[1];
  return total === undefined ? null : Number(total);
}

/** /proc/loadavg: over 1, 5 and 15 minutes. */
export function parseLoad(text: string): [number, number, number] | null {
  const [one = Number.NaN, five = Number.NaN, fifteen = Number.NaN] = text.split(' ').map(Number);
  return [one, five, fifteen].every(Number.isFinite) ? [one, five, fifteen] : null;
}

/**
 * Counters of one protocol out of a file in which a line of names stands above a line of values (/proc/net/snmp,
 * /proc/net/netstat); null where one of the names is missing.
 */
export function parseNamedCounters<Name extends string>(
  text: string,
  protocol: string,
  names: readonly Name[],
): Record<Name, number> | null {
  const [head, values] = text
    .split('\n')
    .filter((line) => line.startsWith(`${protocol}:`))
    .map((line) => line.split(' '));
  const found = names.map((name) => [name, Number(values?.[head?.indexOf(name) ?? -1])] as const);
  return found.every(([, value]) => Number.isFinite(value))
    ? (Object.fromEntries(found) as Record<Name, number>)
    : null;
}

/** Counters of /proc/net/snmp6, one a line; null where one is missing. */
export function parseSnmp6(text: string, names: readonly string[]): number[] | null {
  const values = names.map((name) => Number(new RegExp(`^${name}\\s+([0-9]+)`, 'm').exec(text)?.[1]));
  return values.every(Number.isFinite) ? values : null;
}

/** TCP connections in TIME-WAIT, and those of no process, out of /proc/net/sockstat. */
export function parseSockstat(text: string): { timeWait: number; orphaned: number } | null {
  const [, orphaned, timeWait] = /^TCP:.*\borphan ([0-9]+) tw ([0-9]+)/m.exec(text) ?? [];
  return timeWait === undefined ? null : { timeWait: Number(timeWait), orphaned: Number(orphaned) };
}

/** Open file handles out of /proc/sys/fs/file-nr: allocated minus free. */
export function parseOpenFiles(text: string): number | null {
  const [allocated = Number.NaN, free = Number.NaN] = text.trim().split(/\s+/).map(Number);
  return Number.isFinite(allocated - free) ? allocated - free : null;
}

/** Mean of the `cpu MHz` lines of /proc/cpuinfo, in hertz; null on processors that have none. */
export function parseCpuinfoHertz(text: string): number | null {
  const megahertz = [...text.matchAll(/^cpu MHz\s*:\s*([0-9.]+)$/gm)].map(([, value]) => Number(value));
  return mean(megahertz.map((value) => value * 1e6));
}

export function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
