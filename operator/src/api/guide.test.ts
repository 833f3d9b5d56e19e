import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ROLE_TOKENS } from './testing/fake-access.ts';
import { fakeApp } from './testing/fake-app.ts';
import { fakeGuide } from './testing/fake-guide.ts';
import { AGENT, fakeServices, NOW_MS, RUN } from './testing/fake-services.ts';
import { PEOPLE_HOST, peopleApp } from './testing/people-app.ts';

test('the statistics of the guide have its fields and units, and say what scripts submitted', async () => {
  const services = fakeServices({
    recentActivity: async (limit) =>
      [
        { at: new Date(NOW_MS), agent: 'a', test: 'hello', rttSeconds: 0.0123 },
        { at: new Date(NOW_MS - 2_000), agent: 'a', test: 'web', rttSeconds: null },
      ].slice(0, limit),
  });
  const client = { agentId: null, ipAddress: null, systemInfo: null, registeredAt: new Date(NOW_MS) };
  const guide = fakeGuide({
    clients: async () => [
      { ...client, id: 1, hostname: 'a', agentId: AGENT.id, lastSeen: new Date(NOW_MS), agentOnline: true },
      { ...client, id: 2, hostname: 's', lastSeen: new Date(NOW_MS - 90_000), agentOnline: null },
      { ...client, id: 3, hostname: 't', lastSeen: new Date(NOW_MS - 90_001), agentOnline: null },
    ],
    submitted: async () => [
      {
        at: new Date(NOW_MS - 1_000),
        clientId: 2,
        client: 's',
        testId: 7,
        testUid: 'uid-of-default-hello',
        submittedBy: 'ann',
        fields: { ping_latency: 15.3 },
      },
    ],
    testIds: async () => new Map([['uid-of-default-hello', 7]]),
  });
  const app = await fakeApp({ ...services, guide });
  const measured = { client_name: 'a', submitted: false };
  assert.deepEqual((await app.inject('/api/dashboard/stats')).json(), {
    total_clients: 3,
    online_clients: 2,
    total_tests: 1,
    active_tests: 1,
    recent_activity: [
      { timestamp: '2026-12-01T12:00:00.000', test_name: 'hello', ping_latency: 12.3, ...measured },
      {
        timestamp: '2026-12-01T11:59:59.000',
        client_name: 's',
        test_name: 'hello',
        ping_latency: 15.3,
        submitted: true,
      },
      { timestamp: '2026-12-01T11:59:58.000', test_name: 'web', ping_latency: null, ...measured },
    ],
  });
  await app.close();
});

test('what fails is told in the shape of the guide, with the code for programs beside', async () => {
  const app = await fakeApp();
  const missing = await app.inject({ method: 'POST', url: '/api/test/results', payload: { client_id: 1 } });
  const { error, code, problems } = missing.json();
  assert.deepEqual(
    [missing.statusCode, error, code, problems],
    [
      400,
      'Missing required fields',
      'invalid-body',
      [{ path: 'test_id', message: 'is required', rule: 'required' }],
    ],
  );
  const none = await app.inject({ method: 'POST', url: '/api/test/create', payload: 'x' });
  assert.equal(typeof none.json().error, 'string');
  assert.equal((await app.inject('/api/test/1/data')).json().code, 'test-not-found');
  await app.close();
});

test('switched off, no route of it is there', async () => {
  const app = await fakeApp({ ...fakeServices(), guide: null });
  for (const url of ['/api/dashboard/stats', '/api/tests', '/api/test/1/data']) {
    assert.equal((await app.inject(url)).statusCode, 404, url);
  }
  await app.close();
});

test('an empty body is one in which everything is missing', async () => {
  const app = await fakeApp();
  for (const url of ['/api/test/results', '/api/test/create', '/api/client/register']) {
    const headers = { 'content-type': 'application/json' };
    for (const payload of ['', '{}', '[]', 'null']) {
      const answer = await app.inject({ method: 'POST', url, headers, payload });
      assert.equal(answer.statusCode, 400, `${url} ${payload}: ${answer.body}`);
      assert.equal(typeof answer.json().error, 'string');
      if (payload === '' || payload === '{}')
        assert.equal(answer.json().error, 'Missing required fields', url);
    }
  }
  await app.close();
});

test('however many agents measure for however long, the series of a test stay some megabytes', async () => {
  const AGENTS = 1_000;
  let points = 0;
  const groups = Array.from({ length: AGENTS }, (_, i) => ({
    agent: `a${i}`,
    destination: null,
    periodMs: 2_000,
    streams: 1,
    slotsPerSecond: 0.5,
  }));
  const services = fakeServices({
    resultGroups: async () => groups,
    resultValues: async (_selection, { fromMs, toMs, stepMs }) => {
      points += AGENTS * Math.ceil((toMs - fromMs) / stepMs);
      return [];
    },
    runs: async (uids) =>
      new Map(uids.map((uid) => [uid, [{ ...RUN, startMs: NOW_MS - 90 * 86_400_000, plannedEndMs: null }]])),
  });
  const guide = fakeGuide({
    test: async (id) => ({ id, uid: 'uid-of-default-hello', namespace: 'default', name: 'hello' }),
  });
  const app = await fakeApp({ ...services, guide });
  assert.equal((await app.inject('/api/test/1/data')).statusCode, 200);
  // The least of ten points a series is more than their share; a window that is not whole adds a step.
  assert.ok(points > 0 && points <= 250_000, `${points} points`);
  await app.close();
});

test('who is not known, or may not, hears it in the shape of the guide too', async () => {
  const app = await peopleApp();
  const ask = (headers: Record<string, string>) =>
    app.inject({
      method: 'POST',
      url: '/api/test/create',
      headers: { host: PEOPLE_HOST, ...headers },
      payload: { name: 'x', destination: '127.0.0.1' },
    });
  const nobody = await ask({});
  assert.deepEqual(
    [nobody.statusCode, nobody.json().code, typeof nobody.json().error],
    [401, 'login-needed', 'string'],
  );
  const viewer = await ask({ authorization: `Bearer ${ROLE_TOKENS.viewer}` });
  assert.deepEqual([viewer.statusCode, typeof viewer.json().error], [403, 'string']);
  const editor = await ask({ authorization: `Bearer ${ROLE_TOKENS.editor}` });
  assert.deepEqual([editor.statusCode, editor.json().test_id], [200, 1], editor.body);
  await app.close();
});
