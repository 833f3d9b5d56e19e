import type { FastifyRequest } from 'fastify';
import { type Policy, policyOf } from '../../access/route-policies.ts';
import type { Api } from '../api-instance.ts';

/** Refuses a route of which nobody has decided who may use it: the operator then does not start. */
export function requirePolicies(app: Api): void {
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) {
      if (policyOf(one, url) !== null) continue;
      throw new Error(
        `${one} ${url} has no policy: say in operator/src/access/route-policies.ts who may use it (public, viewer, editor, admin or agent)`,
      );
    }
  });
}

/** The policy of the route that a request found; what leads nowhere is open, because there is nothing. */
export function requestPolicy(request: FastifyRequest): Policy {
  const pattern = request.routeOptions.url;
  if (pattern === undefined) return 'public';
  const policy = policyOf(request.method, pattern);
  if (policy === null) throw new Error(`${request.method} ${pattern} has no policy`);
  return policy;
}
