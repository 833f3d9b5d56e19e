import type { ClockState } from '../../native/timex.ts';

/** Ticks of CPU time by what it was spent on; nice in user, interrupts in system, guests in user as the kernel does. */
export interface CpuTimes {
  readonly user: number;
  readonly system: number;
  readonly idle: number;
  /** Null on systems that do not tell them apart. */
  readonly iowait: number | null;
  readonly steal: number | null;
}

export interface DiskCounters {
  readonly reads: number;
  readonly writes: number;
  readonly readBytes: number;
  readonly writtenBytes: number;
  /** Time with a request in work, ms. */
  readonly busyMs: number;
  /** Time of all finished requests together, their wait in the queue included, ms. */
  readonly requestMs: number;
}

/** One file system on a block device of this machine. */
export interface FileSystem {
  readonly device: string;
  readonly type: string;
  readonly total: number;
  readonly used: number;
  /** As df counts it: of what those who are not root may use. */
  readonly ratio: number;
}

export interface InterfaceCounters {
  readonly receivedBytes: number;
  readonly receivedPackets: number;
  readonly errorsIn: number;
  readonly dropsIn: number;
  readonly sentBytes: number;
  readonly sentPackets: number;
  readonly errorsOut: number;
  readonly dropsOut: number;
}

export interface MemoryBytes {
  readonly total: number;
  readonly available: number;
  readonly cached: number | null;
  readonly buffers: number | null;
  readonly shared: number | null;
  readonly swapTotal: number;
  readonly swapUsed: number;
}

/** What one look at a machine shows. Null: this system does not tell. */
export interface HostReading {
  /** Monotonic clock, ms. */
  readonly atMs: number;
  readonly cpu: CpuTimes | null;
  readonly cores: ReadonlyMap<string, CpuTimes>;
  readonly coresOnline: number | null;
  readonly frequencyHertz: number | null;
  readonly contextSwitches: number | null;
  readonly interrupts: number | null;
  /** Time in which some task waited, microseconds since boot. */
  readonly pressure: {
    readonly cpu: number | null;
    readonly memory: number | null;
    readonly io: number | null;
  };
  readonly load: readonly [number, number, number] | null;
  readonly memory: MemoryBytes | null;
  readonly rootFileSystem: Pick<FileSystem, 'total' | 'used' | 'ratio'> | null;
  /** By where they are mounted, each device once. */
  readonly fileSystems: ReadonlyMap<string, FileSystem> | null;
  /** Whole disks by name; null where this system does not tell. */
  readonly disks: ReadonlyMap<string, DiskCounters> | null;
  /** Those whose traffic is the traffic of this machine. */
  readonly interfaces: ReadonlyMap<string, InterfaceCounters> | null;
  readonly loopback: InterfaceCounters | null;
  /** Bridges, bonds, tunnels, veth: all others together, because a node has hundreds. */
  readonly virtual: { readonly count: number; readonly counters: InterfaceCounters } | null;
  readonly processes: number | null;
  readonly processesRunning: number | null;
  readonly processesBlocked: number | null;
  readonly tcpEstablished: number | null;
  readonly tcpTimeWait: number | null;
  /** Of no process any more, and not yet over. */
  readonly tcpOrphaned: number | null;
  readonly tcpOutOfOrder: number | null;
  /** Windows that this host had to close, because nobody took what had come. */
  readonly tcpZeroWindows: number | null;
  /** Datagrams dropped for want of buffer, both ways and both families. */
  readonly udpBufferErrors: number | null;
  readonly tcpSegmentsSent: number | null;
  readonly tcpSegmentsRetransmitted: number | null;
  readonly openFiles: number | null;
  readonly clock: ClockState | null;
}

/** A system that tells nothing: what a reader fills in. */
export const UNTOLD: Omit<HostReading, 'atMs'> = {
  cpu: null,
  cores: new Map(),
  coresOnline: null,
  frequencyHertz: null,
  contextSwitches: null,
  interrupts: null,
  pressure: { cpu: null, memory: null, io: null },
  load: null,
  memory: null,
  rootFileSystem: null,
  fileSystems: null,
  disks: null,
  interfaces: null,
  loopback: null,
  virtual: null,
  processes: null,
  processesRunning: null,
  processesBlocked: null,
  tcpEstablished: null,
  tcpTimeWait: null,
  tcpOrphaned: null,
  tcpOutOfOrder: null,
  tcpZeroWindows: null,
  udpBufferErrors: null,
  tcpSegmentsSent: null,
  tcpSegmentsRetransmitted: null,
  openFiles: null,
  clock: null,
};
