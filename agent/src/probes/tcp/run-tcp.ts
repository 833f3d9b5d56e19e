import type { ConnectRequest, ConnectResult, PacketEngine } from '../../native/packet-engine.ts';
import type { NullReason, ProbeOutcome } from '../probe-outcome.ts';

export type TcpOptions = Pick<ConnectRequest, 'timeoutMs' | 'dscp' | 'source'>;

/** One TCP connection to one literal address and port, closed as soon as it stands. */
export async function runTcp(
  engine: PacketEngine,
  target: { address: string; port: number },
  options: TcpOptions,
): Promise<ProbeOutcome> {
  return judgeConnect(target.port, await engine.connect({ ...options, ...target }));
}

/** What the end of a connect means. */
export function judgeConnect(port: number, result: ConnectResult): ProbeOutcome {
  const { metrics, nulls } = tcpMetrics(port, result);
  if (result.outcome === 'connected') return { outcome: 'ok', metrics, nulls };
  // ETIMEDOUT: the kernel gave up its SYNs before our own time was over.
  if (result.outcome === 'timeout' || result.errno === 'ETIMEDOUT')
    return { outcome: 'lost', metrics, nulls };
  return { outcome: 'error', ...failure(result), metrics, nulls };
}

const NULL_REASONS = { connected: 'unsupported', timeout: 'timeout', failed: 'not-applicable' } as const;

function tcpMetrics(
  port: number,
  result: ConnectResult,
): { metrics: ProbeOutcome['metrics']; nulls: Record<string, NullReason> } {
  const metrics = {
    connect_seconds: result.connectSeconds,
    handshake_rtt_seconds: result.tcpInfo?.handshakeRttSeconds ?? null,
    mss_bytes: result.tcpInfo?.sndMss ?? null,
    kernel_cached_pmtu_bytes: result.tcpInfo?.kernelCachedPmtu ?? null,
    port,
  };
  const reason: NullReason = NULL_REASONS[result.outcome];
  const missing = Object.entries(metrics).filter(([, value]) => value === null);
  return { metrics, nulls: Object.fromEntries(missing.map(([name]) => [name, reason])) };
}

function failure({ errno, failedLocally }: ConnectResult): Pick<ProbeOutcome, 'source' | 'reason'> {
  switch (errno) {
    case 'ECONNREFUSED':
      return { source: 'target', reason: 'refused' };
    case 'ECONNRESET':
      return { source: 'target', reason: 'reset' };
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      // At once from connect() it is our own routing table that knows no way.
      return { source: failedLocally ? 'local' : 'network', reason: 'unreachable' };
    case 'ENOTSUP':
      return { source: 'local', reason: 'unsupported' };
    case 'EACCES':
    case 'EPERM':
      return { source: 'local', reason: 'no-permission' };
    default:
      return { source: failedLocally ? 'local' : 'network', reason: errno?.toLowerCase() ?? 'unknown' };
  }
}
