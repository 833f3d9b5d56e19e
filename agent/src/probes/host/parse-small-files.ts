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

/** TCP of /proc/net/snmp (RFC 4022; CurrEstab counts ESTABLISHED and CLOSE-WAIT); null where there is none. */
export function parseTcpCounters(
  text: string,
): { established: number; sent: number; retransmitted: number } | null {
  const [names, values] = text
    .split('\n')
    .filter((line) => line.startsWith('Tcp:'))
    .map((line) => line.split(' '));
  const field = (name: string): number => Number(values?.[names?.indexOf(name) ?? -1]);
  const counters = {
    established: field('CurrEstab'),
    sent: field('OutSegs'),
    retransmitted: field('RetransSegs'),
  };
  return Object.values(counters).every(Number.isFinite) ? counters : null;
}

/** TCP connections in TIME-WAIT out of /proc/net/sockstat. */
export function parseTimeWait(text: string): number | null {
  const count = /^TCP:.*\btw ([0-9]+)/m.exec(text)?.[1];
  return count === undefined ? null : Number(count);
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
