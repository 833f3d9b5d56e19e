import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Api } from './api-instance.ts';
import { fakeApp } from './testing/fake-app.ts';

let app: Api;
before(async () => {
  app = await fakeApp();
});
after(() => app.close());

const WRONG: readonly (readonly ['POST', string, object, RegExp])[] = [
  ['POST', '/api/client/register', { hostname: 'x' }, /^Missing required fields$/],
  ['POST', '/api/client/register', { hostname: null, ip_address: '1.2.3.4' }, /^Missing required fields$/],
  ['POST', '/api/test/results', { client_id: 1 }, /^Missing required fields$/],
  ['POST', '/api/test/create', { name: 'x' }, /^Missing required fields$/],
  ['POST', '/api/test/create', { name: 'x', destination: 'no such host!' }, /^destination: /],
  [
    'POST',
    '/api/test/create',
    { name: 'x', destination: '127.0.0.1', interval: 0 },
    /^interval: must be at least 1/,
  ],
  [
    'POST',
    '/api/test/create',
    { name: 'x', destination: '127.0.0.1', scheduled_time: 'soon' },
    /^scheduled_time: /,
  ],
  [
    'POST',
    '/api/test/create',
    { name: 'x', destination: '127.0.0.1', client_ids: [9_999] },
    /^There is no client 9999/,
  ],
  ['POST', '/api/test/results', { client_id: 9_999, test_id: 1 }, /^There is no client 9999/],
  [
    'POST',
    '/api/test/results',
    { client_id: 1, test_id: 1, cpu_percent: 101 },
    /^cpu_percent: must be a number from 0 to 100/,
  ],
  [
    'POST',
    '/api/test/results',
    { client_id: 1, test_id: 1, ping_latency: 'fast' },
    /^ping_latency: must be a number of at least 0/,
  ],
  [
    'POST',
    '/api/test/results',
    { client_id: 1, test_id: 1, timestamp: '2025-02-30T00:00:00' },
    /^timestamp: /,
  ],
];

for (const [method, path, body, error] of WRONG) {
  test(`${path} refuses ${JSON.stringify(body)}`, async () => {
    const answer = await app.inject({ method, url: path, payload: body });
    assert.ok([400, 404].includes(answer.statusCode), answer.body);
    assert.match(answer.json().error, error);
  });
}
