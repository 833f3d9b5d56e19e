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
  readonly rootFileSystem: { readonly total: number; readonly used: number; readonly ratio: number } | null;
  /** Whole disks by name; null where this system does not tell. */
  readonly disks: ReadonlyMap<string, DiskCounters> | null;
  readonly interfaces: ReadonlyMap<string, InterfaceCounters> | null;
  readonly processes: number | null;
  readonly processesRunning: number | null;
  readonly processesBlocked: number | null;
  readonly tcpEstablished: number | null;
  readonly tcpTimeWait: number | null;
  readonly tcpSegmentsSent: number | null;
  readonly tcpSegmentsRetransmitted: number | null;
  readonly openFiles: number | null;
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
  disks: null,
  interfaces: null,
  processes: null,
  processesRunning: null,
  processesBlocked: null,
  tcpEstablished: null,
  tcpTimeWait: null,
  tcpSegmentsSent: null,
  tcpSegmentsRetransmitted: null,
  openFiles: null,
};
