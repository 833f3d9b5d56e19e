import type { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import type { TlsSettings } from '@streamswarm/contract/probes/tls';
import { nullsOf } from '../null-metrics.ts';
import type { PartMetrics, ProbeOutcome } from '../probe-outcome.ts';
import { allNull, failedOutcome } from '../probe-runner.ts';
import { socketFailure } from '../socket-failure.ts';
import { chainCheckSeconds, nameFits } from './check-chain.ts';
import { leave, openTcp, openTls, StageFailed } from './handshake.ts';
import { NOT_RESUMED, resume } from './resume.ts';

export interface TlsTarget {
  readonly address: string;
  readonly port: number;
  /** Asked for by SNI and looked for in the certificate; may be a literal address. */
  readonly serverName: string;
}

export interface TlsOptions extends Pick<TlsSettings, 'timeoutMs'>, Partial<Pick<TlsSettings, 'resume'>> {
  /** Fingerprint of the certificate that was seen there before; null where there was none. */
  readonly known?: string | null;
}

/** For web servers and all others alike: who knows neither chooses none. */
const PROTOCOLS = ['h2', 'http/1.1'];

/** One TLS handshake on a connection of its own. A bad certificate is a finding: the handshake still counts. */
export async function runTls(target: TlsTarget, options: TlsOptions): Promise<ProbeOutcome> {
  const endMs = performance.now() + options.timeoutMs;
  const leftMs = (): number => Math.max(1, endMs - performance.now());
  try {
    const { socket } = await openTcp(target, options.timeoutMs);
    const asked = { serverName: target.serverName, protocols: PROTOCOLS };
    const { secure, seconds, session } = await openTls(socket, asked, leftMs());
    try {
      const leaf = secure.getPeerX509Certificate();
      if (leaf === undefined) return failedOutcome('tls', 'target', 'no-certificate');
      const found = certificateMetrics(secure, leaf, target.serverName);
      const change = changeMetrics(found.fingerprint, options.known ?? null);
      const resumed = options.resume
        ? await resume(target, await session(leftMs()), { protocols: PROTOCOLS, timeoutMs: leftMs() })
        : NOT_RESUMED;
      const metrics = { handshake_seconds: seconds, ...found, ...change.metrics, ...resumed.metrics };
      const nulls = nullsOf(metrics, 'not-applicable', { ...change.nulls, ...resumed.nulls });
      return { outcome: 'ok', metrics, nulls };
    } finally {
      leave(secure);
    }
  } catch (error) {
    if (!(error instanceof StageFailed)) throw error;
    const why = error.code === 'ETIMEDOUT' ? 'timeout' : 'not-applicable';
    return { ...socketFailure(error.stage, error.code), metrics: {}, nulls: allNull('tls', why) };
  }
}

function certificateMetrics(secure: TLSSocket, leaf: X509Certificate, serverName: string) {
  const problem = secure.authorizationError as Error | string | null | undefined;
  return {
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
}

function changeMetrics(fingerprint: string, known: string | null): PartMetrics {
  if (known === null) {
    return { metrics: { fingerprint_changed: null }, nulls: { fingerprint_changed: 'first-sample' } };
  }
  return { metrics: { fingerprint_changed: fingerprint === known ? 0 : 1 }, nulls: {} };
}
