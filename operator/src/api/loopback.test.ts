import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProblemDetails } from '@streamswarm/contract';
import { assertLoopbackBind, isLoopbackHost } from './loopback.ts';
import { fakeApp } from './testing/fake-app.ts';
import { fakeServices } from './testing/fake-services.ts';

test('only loopback is listened on, and the refusal says why and what else', () => {
  for (const host of ['127.0.0.1', '::1', '[::1]', 'localhost'])
    assert.doesNotThrow(() => assertLoopbackBind(host));
  for (const host of ['0.0.0.0', '::', '192.0.2.1', 'example.net', '127.0.0.2', '']) {
    assert.throws(() => assertLoopbackBind(host), /no login.*ssh -L/);
  }
});

test('a Host is loopback by its name, whatever the port', () => {
  for (const host of ['localhost', 'LOCALHOST:5000', '127.0.0.1:41000', '[::1]:5000', '[::1]'])
    assert.equal(isLoopbackHost(host), true, host);
  for (const host of [
    'example.net',
    'localhost.example.net:5000',
    '127.0.0.1.nip.io',
    '[::2]',
    '',
    'localhost:5000:1',
  ])
    assert.equal(isLoopbackHost(host), false, host);
});

interface Asked {
  method: 'GET' | 'POST' | 'DELETE';
  headers: Record<string, string>;
  status: number;
  code?: string;
}
const ASKED: readonly Asked[] = [
  { method: 'GET', headers: { host: 'evil.example:5000' }, status: 421, code: 'misdirected-host' },
  { method: 'GET', headers: { host: '127.0.0.1:5000' }, status: 200 },
  { method: 'GET', headers: { host: 'localhost:5000', origin: 'http://evil.example' }, status: 200 },
  { method: 'DELETE', headers: { host: 'localhost:5000' }, status: 204 },
  { method: 'DELETE', headers: { host: 'localhost:5000', origin: 'http://localhost:5000' }, status: 204 },
  {
    method: 'DELETE',
    headers: { host: '[::1]:5000', origin: 'http://[::1]:5000', 'sec-fetch-site': 'same-origin' },
    status: 204,
  },
  { method: 'DELETE', headers: { host: 'localhost:5000', 'sec-fetch-site': 'none' }, status: 204 },
  {
    method: 'DELETE',
    headers: { host: 'localhost:5000', origin: 'http://evil.example' },
    status: 403,
    code: 'cross-origin',
  },
  {
    method: 'DELETE',
    headers: { host: 'localhost:5000', origin: 'http://localhost:3000' },
    status: 403,
    code: 'cross-origin',
  },
  {
    method: 'DELETE',
    headers: { host: 'localhost:5000', origin: 'https://localhost:5000' },
    status: 403,
    code: 'cross-origin',
  },
  {
    method: 'DELETE',
    headers: { host: 'localhost:5000', origin: 'null' },
    status: 403,
    code: 'cross-origin',
  },
  {
    method: 'DELETE',
    headers: { host: 'localhost:5000', 'sec-fetch-site': 'cross-site' },
    status: 403,
    code: 'cross-origin',
  },
  {
    method: 'DELETE',
    headers: { host: 'localhost:5000', 'sec-fetch-site': 'same-site' },
    status: 403,
    code: 'cross-origin',
  },
  {
    method: 'DELETE',
    headers: { host: 'rebound.example:5000', origin: 'http://rebound.example:5000' },
    status: 421,
    code: 'misdirected-host',
  },
];

for (const { method, headers, status, code } of ASKED) {
  test(`${method} with ${JSON.stringify(headers)} is answered ${status}`, async () => {
    const services = fakeServices();
    const app = await fakeApp(services);
    const answer = await app.inject({ method, url: '/api/v1/tests/default/hello', headers });
    assert.equal(answer.statusCode, status, answer.body);
    if (code !== undefined) {
      assert.equal((answer.json() as ProblemDetails).code, code);
      assert.deepEqual(services.calls, []);
    }
    assert.equal(answer.headers['access-control-allow-origin'], undefined);
    await app.close();
  });
}
