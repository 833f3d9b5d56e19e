import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProblemDetails } from '@streamswarm/contract';
import { ADMIN_SESSION, ROLE_TOKENS } from './testing/fake-access.ts';
import { fakeServices } from './testing/fake-services.ts';
import { PEOPLE_HOST, peopleApp } from './testing/people-app.ts';

const COOKIE = { cookie: `__Host-streamswarm=${ADMIN_SESSION}` };
const TOKEN = { authorization: `Bearer ${ROLE_TOKENS.admin}` };
const OWN = { origin: `https://${PEOPLE_HOST}` };

interface Asked {
  readonly what: string;
  readonly headers: Record<string, string>;
  readonly status: number;
  readonly code?: string;
}
const CHANGES: readonly Asked[] = [
  { what: 'a cookie and our own origin', headers: { ...COOKIE, ...OWN }, status: 204 },
  {
    what: 'a cookie and a page of ours, by fetch metadata',
    headers: { ...COOKIE, 'sec-fetch-site': 'same-origin' },
    status: 204,
  },
  { what: 'a token and no origin', headers: TOKEN, status: 204 },
  { what: 'a token beside a cookie', headers: { ...COOKIE, ...TOKEN }, status: 204 },
  {
    what: 'a cookie and nothing that says which page asks',
    headers: COOKIE,
    status: 403,
    code: 'cross-origin',
  },
  {
    what: 'a cookie and a foreign origin',
    headers: { ...COOKIE, origin: 'https://evil.example' },
    status: 403,
    code: 'cross-origin',
  },
  {
    what: 'a cookie and the origin null',
    headers: { ...COOKIE, origin: 'null' },
    status: 403,
    code: 'cross-origin',
  },
  {
    what: 'a cookie and our name without TLS',
    headers: { ...COOKIE, origin: `http://${PEOPLE_HOST}` },
    status: 403,
    code: 'cross-origin',
  },
  {
    what: 'a cookie and another port of ours',
    headers: { ...COOKIE, origin: 'https://swarm.example.net:5001' },
    status: 403,
    code: 'cross-origin',
  },
  {
    what: 'a cookie and a neighbouring site',
    headers: { ...COOKIE, 'sec-fetch-site': 'same-site' },
    status: 403,
    code: 'cross-origin',
  },
  {
    what: 'a cookie, our origin and a cross-site page',
    headers: { ...COOKIE, ...OWN, 'sec-fetch-site': 'cross-site' },
    status: 403,
    code: 'cross-origin',
  },
  {
    what: 'a token and a foreign origin',
    headers: { ...TOKEN, origin: 'https://evil.example' },
    status: 403,
    code: 'cross-origin',
  },
  {
    what: 'a name that leads here and is not ours',
    headers: { ...TOKEN, host: 'rebound.example:5000' },
    status: 421,
    code: 'misdirected-host',
  },
];

for (const { what, headers, status, code } of CHANGES) {
  test(`a change with ${what} is answered ${status}`, async () => {
    const services = fakeServices();
    const app = await peopleApp(services);
    const answer = await app.inject({
      method: 'DELETE',
      url: '/api/v1/tests/default/hello',
      headers: { host: PEOPLE_HOST, ...headers },
    });
    assert.equal(answer.statusCode, status, answer.body);
    if (code !== undefined) {
      assert.equal((answer.json() as ProblemDetails).code, code);
      assert.deepEqual(services.calls, []);
      assert.deepEqual(services.recorded, []);
    }
    assert.equal(answer.headers['access-control-allow-origin'], undefined);
    await app.close();
  });
}

test('who changed what stands in the audit', async () => {
  const services = fakeServices();
  const app = await peopleApp(services);
  const url = '/api/v1/tests/default/hello';
  const session = { host: PEOPLE_HOST, ...COOKIE, ...OWN };
  await app.inject({ method: 'POST', url: `${url}/stop`, headers: session });
  await app.inject({ method: 'POST', url: `${url}/suspend`, headers: session });
  await app.inject({ method: 'DELETE', url, headers: { host: PEOPLE_HOST, ...TOKEN } });
  assert.deepEqual(services.recorded, [
    { actor: 'ann', action: 'test.stop', object: 'default/hello' },
    { actor: 'ann', action: 'test.suspend', object: 'default/hello' },
    { actor: 'token admin', action: 'test.delete', object: 'default/hello' },
  ]);
  await app.close();
});

test('a login from a page of another site is refused before the password is looked at', async () => {
  const app = await peopleApp();
  const login = (headers: Record<string, string>) =>
    app.inject({
      method: 'POST',
      url: '/api/v1/login',
      headers: { host: PEOPLE_HOST, ...headers },
      payload: { name: 'ann', password: 'x' },
    });
  assert.equal((await login({ origin: 'https://evil.example' })).statusCode, 403);
  assert.equal((await login({ 'sec-fetch-site': 'cross-site' })).statusCode, 403);
  assert.equal((await login(OWN)).statusCode, 401);
  // Old cookies must not stand in the way of a new login from our own page.
  assert.equal((await login({ ...OWN, cookie: '__Host-streamswarm=over' })).statusCode, 401);
  await app.close();
});
