import type { TLSSocket } from 'node:tls';
import { nullsOf } from '../null-metrics.ts';
import type { ProbeOutcome } from '../probe-outcome.ts';
import { allNull, failedOutcome } from '../probe-runner.ts';
import { socketFailure } from '../socket-failure.ts';
import { chainCheckSeconds, nameFits } from './check-chain.ts';
import { openTcp, openTls, StageFailed } from './handshake.ts';

export interface TlsTarget {
  readonly address: string;
  readonly port: number;
  /** Asked for by SNI and looked for in the certificate; may be a literal address. */
  readonly serverName: string;
}

/** One TLS handshake on a connection of its own. A bad certificate is a finding: the handshake still counts. */
export async function runTls(target: TlsTarget, { timeoutMs }: { timeoutMs: number }): Promise<ProbeOutcome> {
  const endMs = performance.now() + timeoutMs;
  try {
    const { socket } = await openTcp(target, timeoutMs);
    const options = { serverName: target.serverName, protocols: ['h2', 'http/1.1'] };
    const { secure, seconds } = await openTls(socket, options, Math.max(1, endMs - performance.now()));
    try {
      return judgeTls(secure, seconds, target.serverName);
    } finally {
      secure.on('error', () => undefined);
      secure.destroy();
    }
  } catch (error) {
    if (!(error instanceof StageFailed)) throw error;
    const why = error.code === 'ETIMEDOUT' ? 'timeout' : 'not-applicable';
    return { ...socketFailure(error.stage, error.code), metrics: {}, nulls: allNull('tls', why) };
  }
}

function judgeTls(secure: TLSSocket, seconds: number, serverName: string): ProbeOutcome {
  const leaf = secure.getPeerX509Certificate();
  if (leaf === undefined) return failedOutcome('tls', 'target', 'no-certificate');
  const problem = secure.authorizationError as Error | string | null | undefined;
  const metrics: ProbeOutcome['metrics'] = {
    handshake_seconds: seconds,
    validation_seconds: chainCheckSeconds(leaf, serverName),
    expires_in_seconds: (leaf.validToDate.getTime() - Date.now()) / 1e3,
    chain_ok: secure.authorized ? 1 : 0,
    name_ok: nameFits(leaf, serverName) ? 1 : 0,
    chain_problem: secure.authorized ? null : String(problem ?? 'unknown'),
    version: secure.getProtocol(),
    cipher: secure.getCipher().standardName,
    alpn: secure.alpnProtocol === false ? null : secure.alpnProtocol,
    issuer: leaf.issuer.replaceAll('\n', ', '),
    fingerprint: `sha256:${leaf.fingerprint256.replaceAll(':', '').toLowerCase()}`,
  };
  return { outcome: 'ok', metrics, nulls: nullsOf(metrics, 'not-applicable') };
}
