import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ProblemDetails } from '@streamswarm/contract';
import type { HTTPMethods } from 'fastify';
import { type Policy, policyOf, ROUTE_POLICIES } from '../access/route-policies.ts';
import type { Api } from './api-instance.ts';
import { ADMIN_SESSION, ROLE_TOKENS } from './testing/fake-access.ts';
import { fakeApp } from './testing/fake-app.ts';
import { TOKEN } from './testing/fake-services.ts';
import { PEOPLE_HOST, peopleApp } from './testing/people-app.ts';

interface Route {
  readonly method: HTTPMethods;
  readonly pattern: string;
  readonly policy: Policy;
}

/** What stands in the table; a route that does not cannot be added (the next test). */
const TABLE: readonly Route[] = Object.entries(ROUTE_POLICIES).map(([key, policy]) => {
  const [method = 'GET', pattern = '/'] = key.split(' ');
  return { method: method as HTTPMethods, pattern, policy };
});

let people: Api;
let local: Api;
before(async () => {
  people = await peopleApp();
  local = await fakeApp();
});
after(() => Promise.all([people.close(), local.close()]));

test('a route without a policy keeps the app from being built', async () => {
  for (const build of [peopleApp, fakeApp]) {
    const app = await build();
    assert.throws(
      () => app.get('/api/v1/forgotten', async () => 'secret'),
      /GET \/api\/v1\/forgotten has no policy/,
    );
    assert.throws(
      () => app.delete('/api/v1/tests', async () => 'all'),
      /DELETE \/api\/v1\/tests has no policy/,
    );
    await app.close();
  }
  assert.equal(policyOf('GET', '/api/v1/forgotten'), null);
});

test('a policy is of a route: none waits for one that somebody adds later', () => {
  const idle = TABLE.filter(
    ({ method, pattern }) =>
      !local.hasRoute({ method, url: pattern }) && !people.hasRoute({ method, url: pattern }),
  );
  assert.deepEqual(
    idle.map(({ method, pattern }) => `${method} ${pattern}`),
    // Pages, where a console was built; and of the listener for hosts alone (agent-app.ts).
    ['GET /*', 'POST /agent/v1/join', 'POST /agent/v1/leave', 'GET /agent/v1/time'],
  );
});

const CREDENTIALS = [
  ['none', {}],
  ['a wrong token', { authorization: 'Bearer sst_wrong' }],
  ['an empty token', { authorization: 'Bearer ' }],
  ['the token of an agent', { authorization: `Bearer ${TOKEN}` }],
  ['a session as a token', { authorization: `Bearer ${ADMIN_SESSION}` }],
  ['a name and password', { authorization: `Basic ${Buffer.from('ann:secret').toString('base64')}` }],
  ['a session that is over', { cookie: '__Host-streamswarm=over' }],
  ['a token as a session', { cookie: `__Host-streamswarm=${ROLE_TOKENS.admin}` }],
  ['a session under another name', { cookie: `streamswarm=${ADMIN_SESSION}` }],
] as const;

for (const [what, headers] of CREDENTIALS) {
  test(`with ${what} every route beyond loopback that is not public answers 401`, async () => {
    const asked = TABLE.filter(({ policy }) => policy !== 'public' && policy !== 'agent').filter(isThere);
    assert.ok(asked.length > 40, `${asked.length} routes were found`);
    for (const route of asked) {
      const answer = await ask(route, headers);
      assert.equal(answer.statusCode, 401, `${route.method} ${route.pattern}: ${answer.body}`);
      assert.equal((answer.json() as ProblemDetails).code, 'login-needed');
    }
  });
}

test('a role that is too small is refused at every route, a role that is enough at none', async () => {
  const ranks = { viewer: 0, editor: 1, admin: 2 };
  for (const route of TABLE.filter(isThere)) {
    const { policy, pattern, method } = route;
    if (policy === 'public' || policy === 'agent') continue;
    for (const role of ['viewer', 'editor', 'admin'] as const) {
      const isEnough: boolean = ranks[role] >= ranks[policy];
      // This answer has no end.
      if (isEnough && pattern === '/api/v1/live') continue;
      const answer = await ask(route, { authorization: `Bearer ${ROLE_TOKENS[role]}` });
      const code = answer.statusCode === 403 ? (answer.json() as ProblemDetails).code : null;
      assert.equal(
        code,
        isEnough ? null : 'role-too-small',
        `${role} at ${method} ${pattern}: ${answer.body}`,
      );
      assert.notEqual(answer.statusCode, 401);
    }
  }
});

test('agents that have proven nothing find no door beyond loopback', async () => {
  for (const { method, pattern, policy } of TABLE) {
    if (policy !== 'agent') continue;
    assert.equal(people.hasRoute({ method, url: pattern }), false, pattern);
  }
});

test('on loopback the same routes need no login', async () => {
  for (const { method, pattern, policy } of TABLE) {
    if (policy === 'agent' || !local.hasRoute({ method, url: pattern })) continue;
    if (pattern === '/api/v1/live') continue;
    const answer = await local.inject({
      method: method as 'GET',
      url: urlOf(pattern),
      headers: { host: 'localhost' },
    });
    assert.ok(![401, 403].includes(answer.statusCode), `${method} ${pattern}: ${answer.body}`);
  }
});

function isThere({ method, pattern }: Route): boolean {
  return people.hasRoute({ method, url: pattern });
}

function urlOf(pattern: string): string {
  return pattern
    .replace(':id', '00000000-0000-4000-8000-000000000001')
    .replace(/:[a-z]+/g, 'none')
    .replace('*', 'none');
}

async function ask({ method, pattern }: Route, headers: Record<string, string>) {
  const url = urlOf(pattern);
  const own = { host: PEOPLE_HOST, origin: `https://${PEOPLE_HOST}`, ...headers };
  return await people.inject({ method: method as 'GET', url, headers: own });
}
