import type { HostDisk, HostFileSystem, HostInterface } from '@streamswarm/contract/wire/machine';
import type { PartMetrics } from '../probe-outcome.ts';
import { awaitSeconds } from './host-metrics.ts';
import type { DiskCounters, HostReading, InterfaceCounters } from './host-reading.ts';

/** More of a kind are left out: a batch has to stay small. Of file systems the fullest are told. */
const MOST_PARTS = 32;
/** The kernel lets a path have 4,096 letters. */
const MOST_LETTERS = 200;

const NAMES = ['filesystems', 'disks', 'interfaces'] as const;

/** Each file system, disk and interface; rates since `before`, null at first. */
export function hostDetails(before: HostReading | null, now: HostReading): PartMetrics {
  const found = {
    filesystems: fileSystems(now),
    disks: disks(before, now),
    interfaces: interfaces(before, now),
  };
  const missing = NAMES.filter((name) => found[name] === null);
  return { metrics: found, nulls: Object.fromEntries(missing.map((name) => [name, 'unsupported'])) };
}

/** Told a moment ago. */
export const DETAILS_LATER: PartMetrics = {
  metrics: Object.fromEntries(NAMES.map((name) => [name, null])),
  nulls: Object.fromEntries(NAMES.map((name) => [name, 'not-applicable'])),
};

function fileSystems({ fileSystems: all }: HostReading): HostFileSystem[] | null {
  if (all === null) return null;
  const fullest = [...all].sort(([, a], [, b]) => b.ratio - a.ratio).slice(0, MOST_PARTS);
  return fullest.map(([mount, { device, type, total, used, ratio }]) => ({
    mount: shortened(mount),
    device: shortened(device),
    type,
    total_bytes: total,
    used_bytes: used,
    used_ratio: ratio,
  }));
}

/** What a counter grew by in a second; null where it is not known. */
type Growth<T> = (counter: (counters: T) => number) => number | null;

function growth<T>(before: T | null | undefined, now: T, elapsedMs: number): Growth<T> {
  return (counter) => {
    const grown = before == null ? -1 : counter(now) - counter(before);
    return grown < 0 ? null : (grown * 1e3) / elapsedMs;
  };
}

function disks(before: HostReading | null, now: HostReading): HostDisk[] | null {
  if (now.disks === null) return null;
  return [...now.disks].slice(0, MOST_PARTS).map(([name, disk]) => {
    const earlier = before?.disks?.get(name);
    const rate: Growth<DiskCounters> = growth(earlier, disk, elapsedMs(before, now));
    const busyMs = rate(({ busyMs: ms }) => ms);
    return {
      name,
      read_iops: rate(({ reads }) => reads),
      write_iops: rate(({ writes }) => writes),
      read_bytes_per_second: rate(({ readBytes }) => readBytes),
      written_bytes_per_second: rate(({ writtenBytes }) => writtenBytes),
      busy_ratio: busyMs === null ? null : Math.min(1, busyMs / 1e3),
      await_seconds: awaitSeconds(earlier, disk),
    };
  });
}

function interfaces(before: HostReading | null, now: HostReading): HostInterface[] | null {
  if (now.interfaces === null) return null;
  const one = (
    name: string,
    kind: HostInterface['kind'],
    [earlier, counters]: readonly [InterfaceCounters | null | undefined, InterfaceCounters],
  ): HostInterface => {
    const rate: Growth<InterfaceCounters> = growth(earlier, counters, elapsedMs(before, now));
    return {
      name,
      kind,
      received_bytes_per_second: rate(({ receivedBytes }) => receivedBytes),
      sent_bytes_per_second: rate(({ sentBytes }) => sentBytes),
      received_packets_per_second: rate(({ receivedPackets }) => receivedPackets),
      sent_packets_per_second: rate(({ sentPackets }) => sentPackets),
      errors: counters.errorsIn + counters.errorsOut,
      drops: counters.dropsIn + counters.dropsOut,
    };
  };
  const { loopback, virtual } = now;
  // One that came or went changes their sum by all that it ever counted.
  const sameVirtual = before?.virtual?.count === virtual?.count ? before?.virtual?.counters : null;
  return [
    ...[...now.interfaces]
      .slice(0, MOST_PARTS)
      .map(([name, counters]) => one(name, 'device', [before?.interfaces?.get(name), counters])),
    ...(loopback === null ? [] : [one('lo', 'loopback', [before?.loopback, loopback])]),
    ...(virtual === null
      ? []
      : [one(`${virtual.count} virtual`, 'virtual', [sameVirtual, virtual.counters])]),
  ];
}

function shortened(text: string): string {
  return text.length <= MOST_LETTERS ? text : `${text.slice(0, MOST_LETTERS - 1)}…`;
}

function elapsedMs(before: HostReading | null, now: HostReading): number {
  return before === null ? 1 : now.atMs - before.atMs;
}
