import type { JoinResponse } from '@streamswarm/contract/wire/joining';
import { keyForToken, tokenId } from '../identity/host-key.ts';
import { type Joined, joinedCaPath, readJoined, writeJoined } from '../identity/joined-file.ts';
import { writeDurably } from '../state/durable-file.ts';
import { OperatorHttp } from './operator-http.ts';
import { fetchPinnedCa, parseFingerprint } from './pinned-ca.ts';
import { parseServerUrl } from './server-url.ts';

const TIMEOUT_MS = 15_000;

export interface JoinOptions {
  readonly server: string;
  readonly token: string;
  /** `sha256:` and 64 hex digits. */
  readonly caFingerprint: string;
  /** Exists. */
  readonly stateDir: string;
  /** What people call this host; the token may say otherwise. */
  readonly name: string;
}

/**
 * Joins an operator, once for each token: the same command may be started again and again. The token is sent only over
 * a connection whose certificate is of the CA with this fingerprint. Rejects with RefusedError where it is not taken.
 */
export async function joinOperator(options: JoinOptions): Promise<Joined> {
  const { token, stateDir, name } = options;
  const before = await readJoined(stateDir);
  const id = tokenId(token);
  if (before?.tokenId === id) return before;
  const server = parseServerUrl(options.server);
  if (server.protocol !== 'https:') {
    throw new Error('a join token is sent over https only: begin --server with https://');
  }
  const ca = await fetchPinnedCa(server, parseFingerprint(options.caFingerprint));
  const key = await keyForToken(stateDir, token);
  const caFile = joinedCaPath(stateDir, id);
  await writeDurably(caFile, ca);
  const http = new OperatorHttp(server, { caFile, serverName: null });
  try {
    const answer = await http.ask('joining', {
      method: 'POST',
      path: '/agent/v1/join',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token, publicKey: key.publicKey, name }),
      timeoutMs: TIMEOUT_MS,
    });
    const { agentId, name: given, cluster } = answer as JoinResponse;
    if (![agentId, given, cluster].every((text) => typeof text === 'string' && text !== '')) {
      throw new Error('the server answered the join with something else: is it a StreamSwarm operator?');
    }
    const joined = { agentId, name: given, cluster, server: server.href, tokenId: id };
    await writeJoined(stateDir, joined);
    return joined;
  } finally {
    http.close();
  }
}
