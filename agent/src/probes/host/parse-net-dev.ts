import type { InterfaceCounters } from './host-reading.ts';

/** /proc/net/dev: counters of every interface since it exists. */
export function parseNetDev(text: string): Map<string, InterfaceCounters> {
  const interfaces = new Map<string, InterfaceCounters>();
  for (const line of text.split('\n')) {
    const colon = line.indexOf(':');
    if (colon < 0) continue;
    const values = line
      .slice(colon + 1)
      .trim()
      .split(/\s+/)
      .map(Number);
    const at = (i: number): number => values[i] ?? 0;
    interfaces.set(line.slice(0, colon).trim(), {
      receivedBytes: at(0),
      receivedPackets: at(1),
      errorsIn: at(2),
      dropsIn: at(3),
      sentBytes: at(8),
      sentPackets: at(9),
      errorsOut: at(10),
      dropsOut: at(11),
    });
  }
  return interfaces;
}

/**
 * The interfaces whose traffic is this machine's traffic, each byte once: those with a device behind them. Bridges,
 * bonds, VLANs, tunnels and veth pairs carry what passes one of those as well. In a network namespace of its own (a
 * container) nothing has a device: there it is the interfaces with a default route, else all but loopback.
 */
export function countedInterfaces(
  names: readonly string[],
  hasDevice: (name: string) => boolean,
  withDefaultRoute: ReadonlySet<string>,
): string[] {
  const real = names.filter(hasDevice);
  if (real.length > 0) return real;
  const routed = names.filter((name) => withDefaultRoute.has(name));
  return routed.length > 0 ? routed : names.filter((name) => name !== 'lo');
}

/** Names of interfaces with a default route in /proc/net/route. */
export function defaultRouteInterfaces(procNetRoute: string): Set<string> {
  return new Set(
    procNetRoute.split('\n').flatMap((line) => {
      const [name = '', destination, , , , , , mask] = line.split('\t');
      return destination === '00000000' && mask === '00000000' ? [name] : [];
    }),
  );
}

/** Counters of several interfaces together; null for none. */
export function sumCounters(interfaces: readonly InterfaceCounters[]): InterfaceCounters | null {
  const [first, ...rest] = interfaces;
  if (first === undefined) return null;
  const names = Object.keys(first) as (keyof InterfaceCounters)[];
  const sums = names.map((name) => [name, rest.reduce((sum, one) => sum + one[name], first[name])]);
  return Object.fromEntries(sums) as InterfaceCounters;
}
