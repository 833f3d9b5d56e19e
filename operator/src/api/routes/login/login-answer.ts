import type { WhoAmI } from '@streamswarm/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Identity } from '../../../access/identity.ts';
import type { LoginResult, LoginSource, UserIdentity } from '../../../access/logins.ts';
import { TooManyPasswords } from '../../../access/password-hash.ts';
import { passwordProblem } from '../../../access/password-rules.ts';
import { identityOf } from '../../plugins/request-identity.ts';
import { giveSession, sessionIdOf } from '../../plugins/session-cookie.ts';
import { ApiProblem, fieldProblem } from '../../problems/api-problem.ts';

export function sourceOf(request: FastifyRequest): LoginSource {
  return { address: request.ip, formerId: sessionIdOf(request) };
}

/** Gives the browser its session, or says why not. `refused`: what a refusal means here. */
export async function loginAnswer(
  reply: FastifyReply,
  attempt: Promise<LoginResult>,
  refused: () => ApiProblem,
): Promise<WhoAmI> {
  const result = await attempt.catch(passwordsBusy);
  if (result.kind === 'refused') throw refused();
  if (result.kind === 'too-many') {
    const { retryAfterSeconds } = result;
    throw new ApiProblem(
      'too-many-logins',
      `Too many logins have failed under this name or from this address. Try again in ${retryAfterSeconds} s.`,
      { headers: { 'retry-after': String(retryAfterSeconds) } },
    );
  }
  giveSession(reply, result.id);
  return whoAmI(result.identity, { loginNeeded: true, setupPossible: false });
}

export function passwordsBusy(error: unknown): never {
  if (!(error instanceof TooManyPasswords)) throw error;
  throw new ApiProblem('busy', 'Many passwords are being checked right now. Try again in some seconds.', {
    headers: { 'retry-after': '3' },
  });
}

export function whoAmI(
  identity: Identity | null,
  rest: Pick<WhoAmI, 'loginNeeded' | 'setupPossible'>,
): WhoAmI {
  return {
    kind: identity?.kind ?? 'nobody',
    name: identity?.name ?? null,
    role: identity?.role ?? null,
    ...rest,
  };
}

/** Refuses a new password that is easy to guess. */
export function assertGoodPassword(password: string, userName: string): void {
  const problem = passwordProblem(password, userName);
  if (problem !== null) throw fieldProblem('password-weak', 'password', problem, 'password');
}

/** The user who asks; what has no session (loopback, a token) has nothing to log out of. */
export function userOf(request: FastifyRequest): UserIdentity {
  const identity = identityOf(request);
  if (identity?.kind === 'user') return identity;
  throw new ApiProblem(
    'no-login-here',
    identity?.kind === 'token'
      ? 'An API token has no session and no password. Delete it in Settings, API tokens.'
      : 'Nobody is logged in here: this address needs no login.',
  );
}
