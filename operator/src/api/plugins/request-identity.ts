import type { FastifyRequest } from 'fastify';
import { actorName, type Identity, LOCAL_IDENTITY } from '../../access/identity.ts';

const identities = new WeakMap<FastifyRequest, Identity | null>();

export function rememberIdentity(request: FastifyRequest, identity: Identity | null): void {
  identities.set(request, identity);
}

/** Who asks; null: nobody that is known, which only public routes meet. */
export function identityOf(request: FastifyRequest): Identity | null {
  const identity = identities.get(request);
  if (identity === undefined) throw new Error('a request came in without a guard');
  return identity;
}

/** Who asks, by the name that the audit writes. Only for routes that need a role. */
export function actorOf(request: FastifyRequest): string {
  const identity = identityOf(request);
  if (identity === null) throw new Error('a route that changes things is open to anybody');
  return actorName(identity);
}

/** The loopback listener needs no login: who reaches it is on this host. */
export function rememberLocal(request: FastifyRequest): void {
  identities.set(request, LOCAL_IDENTITY);
}
