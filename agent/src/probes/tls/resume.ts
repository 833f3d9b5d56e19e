import type { PartMetrics } from '../probe-outcome.ts';
import { leave, openTcp, openTls, StageFailed } from './handshake.ts';
import type { TlsTarget } from './run-tls.ts';

export const NOT_RESUMED: PartMetrics = {
  metrics: { resumed: null, resumed_handshake_seconds: null },
  nulls: {},
};

/** Offers a session on a connection of its own (RFC 8446, 2.2; RFC 5077). Null: the server gave none. Never rejects. */
export async function resume(
  target: TlsTarget,
  session: Buffer | null,
  { protocols, timeoutMs }: { readonly protocols: string[]; readonly timeoutMs: number },
): Promise<PartMetrics> {
  if (session === null) return resumption(0, null);
  const endMs = performance.now() + timeoutMs;
  try {
    const { socket } = await openTcp(target, timeoutMs);
    const options = { serverName: target.serverName, protocols, session };
    const { secure, seconds } = await openTls(socket, options, Math.max(1, endMs - performance.now()));
    const isResumed = secure.isSessionReused();
    leave(secure);
    return isResumed ? resumption(1, seconds) : resumption(0, null);
  } catch (error) {
    if (!(error instanceof StageFailed)) throw error;
    const reason = error.code === 'ETIMEDOUT' ? 'timeout' : 'failed';
    const nulls = { resumed: reason, resumed_handshake_seconds: reason } as const;
    return { ...NOT_RESUMED, nulls };
  }
}

function resumption(resumed: 0 | 1, seconds: number | null): PartMetrics {
  return { metrics: { resumed, resumed_handshake_seconds: seconds }, nulls: {} };
}
