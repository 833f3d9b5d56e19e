import { portableEngine } from './portable-engine.ts';
import { startWorkerEngine } from './worker-engine.ts';

export interface EchoRequest {
  /** Literal IPv4 or IPv6 address, with a zone (fe80::1%eth0) where it needs one. */
  address: string;
  count: number;
  /** Time from one send to the next; 0 sends all at once. */
  spacingMs: number;
  /** A reply later than this after its own request is a loss. */
  timeoutMs: number;
  /** Bytes of data behind the ICMP header, 0 .. 65,507. */
  size: number;
  /** 0 .. 63 */
  dscp?: number;
  /** Sets DF and ignores the cached path MTU, so that the path itself answers. */
  dontFragment?: boolean;
  /** TTL or hop limit, 1 .. 255. Absent: that of this host. */
  hopLimit?: number;
  source?: string;
}

export interface EchoReply {
  /** Index among the requests that were really sent, from 0: a failed send takes none. */
  seq: number;
  rttSeconds: number;
  stamp: 'kernel' | 'user';
  userRttSeconds: number;
  /** Wait in this host's own queue (TX_SOFTWARE minus TX_SCHED). */
  localQueueSeconds: number | null;
  ttl: number | null;
  duplicate: boolean;
  /** Order of arrival among the replies to this request, from 0. */
  arrival: number;
}

export interface EchoResult {
  /** Sends that the kernel took. */
  sent: number;
  sendErrors: { code: string; count: number }[];
  /** In order of arrival. Duplicates are known until the last awaited reply is there: nobody lingers for more. */
  replies: EchoReply[];
  /** `seq` as in EchoReply; null for an error about a packet that is not known any more. */
  icmpErrors: {
    type: number;
    code: number;
    from: string | null;
    seq: number | null;
    /** From the send to the error. */
    rttSeconds: number;
  }[];
  /** Packets our own socket dropped meanwhile for want of buffer: losses that are not the network's. */
  receiveDrops: number;
}

export interface ConnectRequest {
  address: string;
  port: number;
  timeoutMs: number;
  dscp?: number;
  source?: string;
}

export interface ConnectResult {
  outcome: 'connected' | 'failed' | 'timeout';
  /** 'ECONNREFUSED' ... */
  errno: string | null;
  /** True when connect() itself was refused by this host, before anything was sent. */
  failedLocally: boolean;
  connectSeconds: number | null;
  tcpInfo: {
    handshakeRttSeconds: number | null;
    sndMss: number | null;
    kernelCachedPmtu: number | null;
  } | null;
  localAddress: string | null;
}

export type Unavailable = {
  reason: 'unsupported' | 'no-permission';
  detail: string;
  /** The exact command that enables it. */
  enable: string;
};

export interface EngineCapabilities {
  icmp4: 'dgram' | 'raw' | Unavailable;
  icmp6: 'dgram' | 'raw' | Unavailable;
  kernelTimestamps: boolean;
  tcpInfo: boolean;
}

export interface PacketEngine {
  readonly capabilities: EngineCapabilities;
  /** Settles `timeoutMs` after the last send, or as soon as every packet is answered (by a reply or an ICMP error). */
  echo(request: EchoRequest): Promise<EchoResult>;
  connect(request: ConnectRequest): Promise<ConnectResult>;
  /** Rejects what is under way, closes all sockets and waits for the worker. */
  close(): Promise<void>;
}

/** An engine as it is started: what keeps it alive must know whether it is. */
export interface RunningEngine extends PacketEngine {
  /** Resolves with the reason once the engine has ended by itself; everything asked of it rejects from then on. */
  readonly ended: Promise<Error>;
  /** Resolves once the thread that measures has answered; rejects where it has ended. */
  ping(): Promise<void>;
}

export interface EngineOptions {
  /** Name of a network namespace that the worker enters first (tests). */
  netns?: string;
  /** How stamps find their sends; `counted` is what kernels before 6.13 do (tests). */
  stampIds?: 'own' | 'counted';
}

/** The packet engine of this host; where it cannot run, one that says so and still connects. Never rejects for that. */
export async function startPacketEngine(options: EngineOptions = {}): Promise<RunningEngine> {
  const { platform, arch } = process;
  if (platform !== 'linux' || (arch !== 'x64' && arch !== 'arm64')) {
    return portableEngine(`no packet engine for ${platform} ${arch}`);
  }
  const started = await startWorkerEngine(options);
  return 'engine' in started ? started.engine : portableEngine(started.failure);
}

/** Another packet engine after one that has ended; here a failure is one, because this host can do better. */
export function restartPacketEngine(
  options: EngineOptions = {},
): Promise<{ engine: RunningEngine } | { failure: string }> {
  return startWorkerEngine(options);
}
