import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Access } from '../../access/access.ts';
import { type HostNames, isHostOf } from '../../access/host-names.ts';
import type { Shown } from '../../access/identify.ts';
import type { Identity } from '../../access/identity.ts';
import { mayDo, type Policy } from '../../access/route-policies.ts';
import type { Api } from '../api-instance.ts';
import { ApiProblem } from '../problems/api-problem.ts';
import { rememberIdentity } from './request-identity.ts';
import { foreignChange, originOf, unprovenChange } from './request-origin.ts';
import { requestPolicy } from './route-policies.ts';
import { sessionIdOf } from './session-cookie.ts';

export interface LoginGuardOptions {
  readonly access: Pick<Access, 'identify'>;
  /** By which this listener may be called, as of now. */
  names(): HostNames;
  /** How long a right that was taken away still lets an answer run on, ms. */
  readonly recheckMs?: number;
}

const RECHECK_MS = 8_000;

/** Beyond loopback: the Host must be ours, and each route is open to those that its policy names. */
export function guardByLogin(app: Api, { access, names, recheckMs = RECHECK_MS }: LoginGuardOptions): void {
  app.addHook('onRequest', async (request, reply) => {
    const policy = requestPolicy(request);
    if (!isHostOf(names(), request.headers.host)) throw misdirected(request.headers.host);
    const origin = originOf(request);
    // Agents prove themselves to their own routes, and no browser speaks for them.
    if (policy === 'agent') {
      const foreign = foreignChange(origin, 'https');
      if (foreign !== null) throw foreign;
      return;
    }
    const shown = shownBy(request);
    const identity = shown === null ? null : await access.identify(shown);
    const problem =
      (shown?.kind === 'session' ? unprovenChange(origin) : foreignChange(origin, 'https')) ??
      refusalOf(policy, identity, shown);
    if (problem !== null) throw problem;
    rememberIdentity(request, identity);
    if (policy === 'public' || shown === null) return;
    // An answer may run for hours (live events, exports), and must not outlive the right to it.
    const look = async (): Promise<void> => {
      const now = await access.identify(shown);
      if (refusalOf(policy, now, shown) !== null) endAnswer(reply);
    };
    // Postgres may be away: that says nothing of the right, and the next look asks again.
    const timer = setInterval(() => void look().catch(() => undefined), recheckMs);
    timer.unref();
    reply.raw.once('close', () => clearInterval(timer));
  });
}

/** A token that is shown on purpose goes before a cookie that the browser adds by itself. */
function shownBy(request: FastifyRequest): Shown | null {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const token = /^Bearer +([^\s]+) *$/i.exec(authorization)?.[1];
    return { kind: 'token', token: token ?? '' };
  }
  const id = sessionIdOf(request);
  return id === null ? null : { kind: 'session', id };
}

/** Why a policy keeps somebody out, or null. */
export function refusalOf(
  policy: Exclude<Policy, 'agent'>,
  identity: Identity | null,
  shown: Shown | null,
): ApiProblem | null {
  if (policy === 'public') return null;
  if (identity === null) {
    const detail =
      shown === null
        ? 'This address needs a login. Log in at /login/, or send an API token as "Authorization: Bearer TOKEN".'
        : shown.kind === 'token'
          ? 'The API token is unknown, deleted or over. An admin makes a new one in Settings, API tokens.'
          : 'The login is over. Log in again at /login/.';
    return new ApiProblem('login-needed', detail, { headers: { 'www-authenticate': 'Bearer' } });
  }
  return mayDo(identity.role, policy)
    ? null
    : new ApiProblem(
        'role-too-small',
        `${identity.name} has the role ${identity.role}; this needs ${policy}. An admin can change the role in Settings, Users.`,
      );
}

function misdirected(host: string | undefined): ApiProblem {
  return new ApiProblem(
    'misdirected-host',
    `This operator does not answer as ${JSON.stringify(host ?? '')}. Open it under a name or address of its host; others are allowed by STREAMSWARM_HOSTS.`,
  );
}

function endAnswer(reply: FastifyReply): void {
  reply.raw.destroy();
}
