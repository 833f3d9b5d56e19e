import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createSecureContext } from 'node:tls';
import { issueLeaf } from '../../../operator/src/tls/issue-leaf.ts';
import { makeCa } from '../../../operator/src/tls/make-ca.ts';

export type HeldPhase = 'tls' | 'ttfb' | 'download';

export interface HeldHttps {
  readonly port: number;
  readonly caPem: string;
  /** How long each phase was held, as the server's own clock says, one entry a request. */
  readonly held: Record<HeldPhase, number[]>;
  /** Held in each phase from now on, ms. */
  hold(ms: Partial<Record<HeldPhase, number>>): void;
  close(): Promise<void>;
}

/** An HTTPS server for `names` that holds each phase as long as it is told, and records for how long. */
export async function startHeldHttps(names: readonly string[]): Promise<HeldHttps> {
  const nowMs = Date.now();
  const ca = await makeCa(nowMs);
  const leaf = await issueLeaf(ca, { dnsNames: names, ips: ['127.0.0.1'] }, nowMs);
  const key = { cert: leaf.certificatePem + ca.certificatePem, key: leaf.keyPem };
  const context = createSecureContext(key);
  const held: HeldHttps['held'] = { tls: [], ttfb: [], download: [] };
  let holds: Partial<Record<HeldPhase, number>> = {};
  const after = (phase: HeldPhase, then: () => void): void => {
    const beganMs = performance.now();
    const go = (): void => {
      held[phase].push((performance.now() - beganMs) / 1e3);
      then();
    };
    const ms = holds[phase] ?? 0;
    if (ms === 0) go();
    else setTimeout(go, ms);
  };
  const options = {
    ...key,
    SNICallback: (_name: string, done: (error: null, with_: typeof context) => void) =>
      after('tls', () => done(null, context)),
  };
  const server = createServer(options, (request, response) => {
    request.resume();
    after('ttfb', () => {
      response.writeHead(200, { 'content-type': 'text/plain' });
      response.write('first');
      after('download', () => response.end('last'));
    });
  });
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    caPem: ca.certificatePem,
    held,
    hold(ms) {
      holds = ms;
      for (const list of Object.values(held)) list.length = 0;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
