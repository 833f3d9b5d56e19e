import { ROLES, type Role } from '@streamswarm/contract';

/**
 * Who may use a route: `public` anybody, a role those who have it or more, `agent` agents, whose proof the route
 * itself asks for.
 */
export type Policy = 'public' | Role | 'agent';

/**
 * The policy of every route, under its method and pattern. A route that is not here keeps the operator from starting:
 * nothing is open because somebody forgot it.
 */
export const ROUTE_POLICIES: Readonly<Record<string, Policy>> = {
  // Pages hold no data; what they show comes from the API.
  'GET /': 'public',
  'GET /*': 'public',
  'GET /healthz': 'public',
  'GET /readyz': 'public',
  'GET /metrics': 'viewer',
  'GET /api/openapi.json': 'viewer',
  'GET /api/docs': 'viewer',
  'GET /api/docs/': 'viewer',
  'GET /api/docs/js/scalar.js': 'viewer',

  'GET /api/v1/login': 'public',
  'POST /api/v1/login': 'public',
  'POST /api/v1/login/setup': 'public',
  'DELETE /api/v1/login': 'public',
  'DELETE /api/v1/login/everywhere': 'viewer',
  'PUT /api/v1/login/password': 'viewer',
  'GET /api/v1/users': 'admin',
  'POST /api/v1/users': 'admin',
  'PATCH /api/v1/users/:id': 'admin',
  'DELETE /api/v1/users/:id': 'admin',
  'GET /api/v1/api-tokens': 'admin',
  'POST /api/v1/api-tokens': 'admin',
  'DELETE /api/v1/api-tokens/:id': 'admin',
  'GET /api/v1/audit': 'admin',

  'GET /api/v1/tests': 'viewer',
  'POST /api/v1/tests': 'editor',
  'GET /api/v1/tests/:namespace/:name': 'viewer',
  'PUT /api/v1/tests/:namespace/:name': 'editor',
  'DELETE /api/v1/tests/:namespace/:name': 'editor',
  'POST /api/v1/tests/:namespace/:name/start': 'editor',
  'POST /api/v1/tests/:namespace/:name/stop': 'editor',
  'POST /api/v1/tests/:namespace/:name/suspend': 'editor',
  'POST /api/v1/tests/:namespace/:name/resume': 'editor',
  'GET /api/v1/tests/:namespace/:name/results': 'viewer',
  'GET /api/v1/tests/:namespace/:name/export': 'viewer',
  'GET /api/v1/tests/:namespace/:name/revisions': 'viewer',
  'GET /api/v1/tests/:namespace/:name/events': 'viewer',
  'GET /api/v1/tests/:namespace/:name/runs': 'viewer',
  'GET /api/v1/tests/:namespace/:name/paths': 'viewer',
  'GET /api/v1/tests/:namespace/:name/submitted': 'viewer',
  'GET /api/v1/tests/:namespace/:name/phases': 'viewer',
  'GET /api/v1/tests/:namespace/:name/paths/timeline': 'viewer',
  'GET /api/v1/tests/:namespace/:name/paths/trace': 'viewer',
  // Creates nothing, whatever it is sent.
  'POST /api/v1/plan-preview': 'viewer',
  'GET /api/v1/results': 'viewer',
  'GET /api/v1/accounting': 'viewer',
  'GET /api/v1/fleet': 'viewer',
  'GET /api/v1/findings': 'viewer',
  'GET /api/v1/matrix': 'viewer',
  'GET /api/v1/path-changes': 'viewer',
  'GET /api/v1/events': 'viewer',
  'GET /api/v1/catalogue': 'viewer',
  'GET /api/v1/live': 'viewer',

  'GET /api/v1/agents': 'viewer',
  'GET /api/v1/agents/:name': 'viewer',
  'GET /api/v1/agents/:name/machine': 'viewer',
  'POST /api/v1/agents/:name/revoke': 'admin',
  'GET /api/v1/join-tokens': 'admin',
  'POST /api/v1/join-tokens': 'admin',
  'DELETE /api/v1/join-tokens/:id': 'admin',
  'GET /api/v1/retention': 'viewer',
  'PUT /api/v1/retention': 'admin',

  'POST /agent/v1/session': 'agent',
  'GET /agent/v1/plan': 'agent',
  'POST /agent/v1/batches': 'agent',
  'POST /agent/v1/join': 'agent',
  'POST /agent/v1/leave': 'agent',
  'GET /agent/v1/time': 'agent',

  // The guide's API.
  'POST /api/client/register': 'editor',
  'POST /api/client/:id/heartbeat': 'editor',
  'GET /api/clients': 'viewer',
  'GET /api/client/:id/tests': 'viewer',
  'GET /api/client/:id/details': 'viewer',
  // It may be an agent, which then may not measure any more.
  'DELETE /api/client/:id': 'admin',
  'POST /api/test/results': 'editor',
  'POST /api/test/create': 'editor',
  'GET /api/tests': 'viewer',
  'GET /api/test/:id/details': 'viewer',
  'GET /api/test/:id/data': 'viewer',
  'GET /api/test/:id/progress': 'viewer',
  'GET /api/test/:id/export/csv': 'viewer',
  'GET /api/test/:id/export/json': 'viewer',
  'GET /api/test/:id/export/pdf': 'viewer',
  'POST /api/test/:id/start': 'editor',
  'POST /api/test/:id/stop': 'editor',
  'DELETE /api/test/:id/delete': 'editor',
  'GET /api/dashboard/stats': 'viewer',
};

/** The policy of a route; HEAD asks for less than GET and is open to the same. Null: nobody has decided. */
export function policyOf(method: string, pattern: string): Policy | null {
  return ROUTE_POLICIES[`${method === 'HEAD' ? 'GET' : method} ${pattern}`] ?? null;
}

/** Whether a role reaches a policy that names one. */
export function mayDo(role: Role, needed: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed);
}
