import { randomUUID } from 'node:crypto';
import { ASSERTION_MS, ASSERTION_TYPE, assertionAudience } from '@streamswarm/contract/wire/joining';
import { SignJWT } from 'jose';
import type { AgentIdentity } from './agent-identity.ts';
import { keyPath, readKey } from './host-key.ts';
import { readJoined } from './joined-file.ts';

/** A host that has joined: it signs for each session with its own key, dated by the operator's clock (`nowMs`). */
export async function joinedIdentity(stateDir: string, nowMs: () => Promise<number>): Promise<AgentIdentity> {
  const joined = await readJoined(stateDir);
  const key = joined === null ? null : await readKey(keyPath(stateDir, joined.tokenId));
  if (joined === null || key === null) {
    throw new Error(
      `the state folder ${stateDir} has no key of a host that has joined: start once with --token and --ca-fingerprint`,
    );
  }
  const { agentId, name, cluster } = joined;
  return {
    agentId,
    name,
    async sessionHeaders() {
      const issuedSeconds = Math.floor((await nowMs()) / 1_000);
      const assertion = await new SignJWT()
        .setProtectedHeader({ alg: 'EdDSA', typ: ASSERTION_TYPE })
        .setIssuer(agentId)
        .setSubject(agentId)
        .setAudience(assertionAudience(cluster))
        .setIssuedAt(issuedSeconds)
        .setExpirationTime(issuedSeconds + ASSERTION_MS / 1_000)
        .setJti(randomUUID())
        .sign(key.privateKey);
      return { authorization: `Bearer ${assertion}` };
    },
  };
}
