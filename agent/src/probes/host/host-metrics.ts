import type { NullReason } from '@streamswarm/contract/probes/probe';
import type { CpuTimes, DiskCounters, HostReading, InterfaceCounters } from './host-reading.ts';

/** A value, or why there is none. */
type Value = number | NullReason;

export interface HostMetrics {
  readonly metrics: Record<string, number | null>;
  readonly nulls: Record<string, NullReason>;
}

/** Every host metric out of a reading and the one before it (null at first), rates over the time between them. */
export function hostMetrics(before: HostReading | null, now: HostReading): HostMetrics {
  const values: Record<string, Value> = {
    ...cpuValues(before, now),
    ...memoryValues(now),
    ...diskValues(before, now),
    ...networkValues(before, now),
    ...socketValues(before, now),
    ...clockValues(now),
    processes: now.processes ?? 'unsupported',
    processes_running: now.processesRunning ?? 'unsupported',
    processes_blocked: now.processesBlocked ?? 'unsupported',
    open_files: now.openFiles ?? 'unsupported',
  };
  const metrics: Record<string, number | null> = {};
  const nulls: Record<string, NullReason> = {};
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === 'string') nulls[name] = value;
    metrics[name] = typeof value === 'number' ? value : null;
  }
  return { metrics, nulls };
}

const elapsedMs = (before: HostReading, now: HostReading): number => now.atMs - before.atMs;

/** What a counter grew by in a second. */
function perSecond(
  before: HostReading | null,
  now: HostReading,
  counter: (reading: HostReading) => number | null,
): Value {
  const after = counter(now);
  if (after === null) return 'unsupported';
  const earlier = before === null ? null : counter(before);
  if (before === null || earlier === null) return 'first-sample';
  // A counter that went back was reset: what it counted in between is not known.
  return after < earlier ? 'failed' : ((after - earlier) * 1e3) / elapsedMs(before, now);
}

function cpuValues(before: HostReading | null, now: HostReading): Record<string, Value> {
  const [one, five, fifteen] = now.load ?? [null, null, null];
  return {
    ...cpuRatios(before?.cpu ?? null, now.cpu),
    cpu_core_max_ratio: busiestCore(before, now),
    cpu_pressure_ratio: pressureRatio(before, now, 'cpu'),
    memory_pressure_ratio: pressureRatio(before, now, 'memory'),
    io_pressure_ratio: pressureRatio(before, now, 'io'),
    load_1m: one ?? 'unsupported',
    load_5m: five ?? 'unsupported',
    load_15m: fifteen ?? 'unsupported',
    cpu_cores: now.coresOnline ?? 'unsupported',
    cpu_frequency_hertz: now.frequencyHertz ?? 'unsupported',
    context_switches_per_second: perSecond(before, now, (reading) => reading.contextSwitches),
    interrupts_per_second: perSecond(before, now, (reading) => reading.interrupts),
  };
}

/** Shares of the time between two readings; null where no tick has passed. */
function cpuShares(before: CpuTimes, now: CpuTimes): CpuTimes | null {
  // The kernel's iowait may run backwards (proc_stat(5)).
  const growth = (mode: keyof CpuTimes): number => Math.max(0, (now[mode] ?? 0) - (before[mode] ?? 0));
  const user = growth('user');
  const system = growth('system');
  const idle = growth('idle');
  const iowait = growth('iowait');
  const steal = growth('steal');
  const total = user + system + idle + iowait + steal;
  if (total === 0) return null;
  return {
    user: user / total,
    system: system / total,
    idle: idle / total,
    iowait: now.iowait === null ? null : iowait / total,
    steal: now.steal === null ? null : steal / total,
  };
}

function cpuRatios(before: CpuTimes | null, now: CpuTimes | null): Record<string, Value> {
  const shares = before === null || now === null ? null : cpuShares(before, now);
  const without: Value = now === null ? 'unsupported' : before === null ? 'first-sample' : 'failed';
  return {
    cpu_ratio: shares === null ? without : busyShare(shares),
    cpu_user_ratio: shares?.user ?? without,
    cpu_system_ratio: shares?.system ?? without,
    cpu_iowait_ratio: now?.iowait === null ? 'unsupported' : (shares?.iowait ?? without),
    cpu_steal_ratio: now?.steal === null ? 'unsupported' : (shares?.steal ?? without),
  };
}

const busyShare = (shares: CpuTimes): number => Math.max(0, 1 - (shares.idle + (shares.iowait ?? 0)));

function busiestCore(before: HostReading | null, now: HostReading): Value {
  if (now.cores.size === 0) return 'unsupported';
  let busiest: number | null = null;
  for (const [name, times] of now.cores) {
    const earlier = before?.cores.get(name);
    const shares = earlier === undefined ? null : cpuShares(earlier, times);
    if (shares !== null) busiest = Math.max(busiest ?? 0, busyShare(shares));
  }
  return busiest ?? (before === null ? 'first-sample' : 'failed');
}

function pressureRatio(before: HostReading | null, now: HostReading, of: 'cpu' | 'memory' | 'io'): Value {
  const microseconds = perSecond(before, now, (reading) => reading.pressure[of]);
  return typeof microseconds === 'number' ? Math.min(1, microseconds / 1e6) : microseconds;
}

function memoryValues({ memory, rootFileSystem }: HostReading): Record<string, Value> {
  const used = memory === null ? null : memory.total - memory.available;
  return {
    memory_total_bytes: memory?.total ?? 'unsupported',
    memory_used_bytes: used ?? 'unsupported',
    memory_available_bytes: memory?.available ?? 'unsupported',
    memory_cached_bytes: memory?.cached ?? 'unsupported',
    memory_buffers_bytes: memory?.buffers ?? 'unsupported',
    memory_shared_bytes: memory?.shared ?? 'unsupported',
    memory_ratio: memory === null || used === null ? 'unsupported' : used / memory.total,
    swap_total_bytes: memory?.swapTotal ?? 'unsupported',
    swap_used_bytes: memory?.swapUsed ?? 'unsupported',
    disk_total_bytes: rootFileSystem?.total ?? 'unsupported',
    disk_used_bytes: rootFileSystem?.used ?? 'unsupported',
    disk_ratio: rootFileSystem?.ratio ?? 'unsupported',
  };
}

type Counters<T> = ReadonlyMap<string, T> | null;

/**
 * Sum of what a counter grew by, over everything that was there at both readings and did not start anew in between.
 */
function growthPerSecond<T>(
  before: HostReading | null,
  now: HostReading,
  of: (reading: HostReading) => Counters<T>,
  counter: (counters: T) => number,
): Value {
  const after = of(now);
  if (after === null) return 'unsupported';
  if (after.size === 0) return 'not-applicable';
  if (before === null) return 'first-sample';
  let sum: number | null = null;
  for (const [name, counters] of after) {
    const earlier = of(before)?.get(name);
    const growth = earlier === undefined ? -1 : counter(counters) - counter(earlier);
    if (growth >= 0) sum = (sum ?? 0) + growth;
  }
  return sum === null ? 'first-sample' : (sum * 1e3) / elapsedMs(before, now);
}

function diskValues(before: HostReading | null, now: HostReading): Record<string, Value> {
  const rate = (counter: (disk: DiskCounters) => number): Value =>
    growthPerSecond(before, now, ({ disks }) => disks, counter);
  return {
    disk_read_iops: rate(({ reads }) => reads),
    disk_write_iops: rate(({ writes }) => writes),
    disk_read_bytes_per_second: rate(({ readBytes }) => readBytes),
    disk_write_bytes_per_second: rate(({ writtenBytes }) => writtenBytes),
    disk_busy_max_ratio: busiestDisk(before, now),
    disk_await_max_seconds: slowestDisk(before, now),
    filesystem_max_ratio: fullest(now),
  };
}

function fullest({ fileSystems }: HostReading): Value {
  if (fileSystems === null) return 'unsupported';
  if (fileSystems.size === 0) return 'not-applicable';
  return Math.max(...[...fileSystems.values()].map(({ ratio }) => ratio));
}

/** Mean time of the requests of the disk on which they took longest. */
function slowestDisk(before: HostReading | null, now: HostReading): Value {
  if (now.disks === null) return 'unsupported';
  if (now.disks.size === 0) return 'not-applicable';
  if (before === null) return 'first-sample';
  const waits = [...now.disks].flatMap(([name, disk]) => {
    const seconds = awaitSeconds(before.disks?.get(name), disk);
    return seconds === null ? [] : [seconds];
  });
  return waits.length === 0 ? 'not-applicable' : Math.max(...waits);
}

/** Mean time of a request since an earlier reading; null where none was finished. */
export function awaitSeconds(before: DiskCounters | undefined, now: DiskCounters): number | null {
  if (before === undefined) return null;
  const finished = now.reads + now.writes - before.reads - before.writes;
  const tookMs = now.requestMs - before.requestMs;
  return finished > 0 && tookMs >= 0 ? tookMs / 1e3 / finished : null;
}

function busiestDisk(before: HostReading | null, now: HostReading): Value {
  if (now.disks === null) return 'unsupported';
  if (now.disks.size === 0) return 'not-applicable';
  if (before === null) return 'first-sample';
  let busiest: number | null = null;
  for (const [name, disk] of now.disks) {
    const growthMs = disk.busyMs - (before.disks?.get(name)?.busyMs ?? Number.POSITIVE_INFINITY);
    if (growthMs >= 0) busiest = Math.max(busiest ?? 0, Math.min(1, growthMs / elapsedMs(before, now)));
  }
  return busiest ?? 'first-sample';
}

function networkValues(before: HostReading | null, now: HostReading): Record<string, Value> {
  const rate = (counter: (link: InterfaceCounters) => number): Value =>
    growthPerSecond(before, now, ({ interfaces }) => interfaces, counter);
  const total = (counter: (link: InterfaceCounters) => number): Value => {
    if (now.interfaces === null) return 'unsupported';
    if (now.interfaces.size === 0) return 'not-applicable';
    return [...now.interfaces.values()].reduce((sum, link) => sum + counter(link), 0);
  };
  return {
    network_sent_bytes_per_second: rate(({ sentBytes }) => sentBytes),
    network_received_bytes_per_second: rate(({ receivedBytes }) => receivedBytes),
    network_sent_packets_per_second: rate(({ sentPackets }) => sentPackets),
    network_received_packets_per_second: rate(({ receivedPackets }) => receivedPackets),
    network_sent_bytes: total(({ sentBytes }) => sentBytes),
    network_received_bytes: total(({ receivedBytes }) => receivedBytes),
    network_sent_packets: total(({ sentPackets }) => sentPackets),
    network_received_packets: total(({ receivedPackets }) => receivedPackets),
    network_errors_in: total(({ errorsIn }) => errorsIn),
    network_errors_out: total(({ errorsOut }) => errorsOut),
    network_drops_in: total(({ dropsIn }) => dropsIn),
    network_drops_out: total(({ dropsOut }) => dropsOut),
  };
}

function clockValues({ clock }: HostReading): Record<string, Value> {
  if (clock === null) return { clock_synchronised: 'unsupported', clock_error_bound_seconds: 'unsupported' };
  return {
    clock_synchronised: clock.synchronised ? 1 : 0,
    clock_error_bound_seconds: clock.errorBoundSeconds ?? 'not-applicable',
  };
}

function socketValues(before: HostReading | null, now: HostReading): Record<string, Value> {
  const sent = perSecond(before, now, (reading) => reading.tcpSegmentsSent);
  const again = perSecond(before, now, (reading) => reading.tcpSegmentsRetransmitted);
  let ratio: Value;
  if (typeof sent === 'string') ratio = sent;
  else if (typeof again === 'string') ratio = again;
  else ratio = sent === 0 ? 'not-applicable' : again / sent;
  return {
    tcp_established: now.tcpEstablished ?? 'unsupported',
    tcp_time_wait: now.tcpTimeWait ?? 'unsupported',
    tcp_orphaned: now.tcpOrphaned ?? 'unsupported',
    tcp_out_of_order_per_second: perSecond(before, now, (reading) => reading.tcpOutOfOrder),
    tcp_zero_windows_per_second: perSecond(before, now, (reading) => reading.tcpZeroWindows),
    udp_buffer_errors_per_second: perSecond(before, now, (reading) => reading.udpBufferErrors),
    tcp_retransmit_ratio: ratio,
  };
}
