import { ASSERTION_MS, ASSERTION_TYPE, assertionAudience } from '@streamswarm/contract';
import { decodeJwt, decodeProtectedHeader, errors, importJWK, jwtVerify } from 'jose';
import type { Admission, SessionGate } from '../agents/session-gate.ts';
import type { HostIdentity } from '../store/queries/joining/host-identities.ts';

export interface JoinedGateOptions {
  readonly cluster: string;
  find(agentId: string): Promise<HostIdentity | null>;
  /** Whether a proof is used for the first time. */
  use(assertion: { agentId: string; jti: string; expiresMs: number }): Promise<boolean>;
  nowMs(): Promise<number>;
}

/** Assertions are dated by the clock that this operator tells, so little more than the way may lie between. */
const SKEW_SECONDS = 5;
const JTI = /^[A-Za-z0-9_-]{16,64}$/;

/**
 * Lets in hosts that have joined, by an assertion signed with their own key (as private_key_jwt of OpenID Connect Core,
 * 9: iss = sub = the agent, aud = this operator, a jti that is good once, at most 60 s). What carries no assertion goes
 * to `others`.
 */
export function joinedGate(options: JoinedGateOptions, others: SessionGate | null): SessionGate {
  return async (authorization) => {
    const token = /^Bearer ([^\s]+)$/i.exec(authorization ?? '')?.[1];
    if (token !== undefined && isAssertion(token)) return await admitAssertion(token, options);
    if (others !== null) return await others(authorization);
    return unproven('A session needs an assertion signed with the key of a host that has joined.');
  };
}

async function admitAssertion(token: string, options: JoinedGateOptions): Promise<Admission> {
  const agentId = claimedAgent(token);
  const identity = agentId === null ? null : await options.find(agentId);
  if (agentId === null || identity === null || identity.publicKey === null) return unproven(UNKNOWN);
  const nowMs = await options.nowMs();
  try {
    const key = await importJWK({ kty: 'OKP', crv: 'Ed25519', x: identity.publicKey }, 'EdDSA');
    const { payload } = await jwtVerify(token, key, {
      algorithms: ['EdDSA'],
      typ: ASSERTION_TYPE,
      issuer: agentId,
      subject: agentId,
      audience: assertionAudience(options.cluster),
      currentDate: new Date(nowMs),
      clockTolerance: SKEW_SECONDS,
      maxTokenAge: ASSERTION_MS / 1_000,
      requiredClaims: ['exp', 'iat', 'jti'],
    });
    const { exp, iat, jti } = payload;
    if (exp === undefined || iat === undefined || exp - iat > ASSERTION_MS / 1_000) {
      return unproven(`An assertion is good for at most ${ASSERTION_MS / 1_000} s.`);
    }
    if (jti === undefined || !JTI.test(jti))
      return unproven('The assertion has no jti of 16 to 64 characters.');
    // Said only to who has proven to have the key.
    if (identity.revoked) return { kind: 'revoked', detail: REVOKED };
    const expiresMs = (exp + SKEW_SECONDS + 1) * 1_000;
    if (!(await options.use({ agentId, jti, expiresMs }))) {
      return unproven('The assertion was used before: sign another for each session.');
    }
    return { kind: 'admitted', caller: { kind: 'Host', joinedAs: agentId } };
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw error;
    return unproven(UNKNOWN);
  }
}

const UNKNOWN =
  'The assertion is not of a host that has joined this operator, or it is over: join again with a new token.';

export const REVOKED =
  'This host was revoked: it may not measure here any more. To join again, create a join token on the operator and start the agent with it.';

function unproven(detail: string): Admission {
  return { kind: 'unauthenticated', detail };
}

function isAssertion(token: string): boolean {
  try {
    return decodeProtectedHeader(token).typ === ASSERTION_TYPE;
  } catch {
    return false;
  }
}

function claimedAgent(token: string): string | null {
  try {
    return decodeJwt(token).sub ?? null;
  } catch {
    return null;
  }
}
