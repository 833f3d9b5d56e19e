import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Accounting } from '@streamswarm/contract';
import { startOperator } from '@streamswarm/operator';
import { pino } from 'pino';
import { type Street, startStreet } from '../support/street.ts';
import { waitUntil } from '../support/wait-until.ts';

const SCRIPT = fileURLToPath(new URL('./guide-script.py', import.meta.url));

let street: Street;
before(async () => {
  street = await startStreet();
});
after(() => street.stop());

interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: shapes are what is tested here.
  readonly body: any;
}

async function call(method: string, path: string, body?: unknown): Promise<Answer> {
  const answer = await fetch(`${street.api}${path}`, {
    method,
    // Scripts name JSON in every request, also where they send nothing.
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: await answer.json() };
}
const get = (path: string): Promise<Answer> => call('GET', path);

const GUIDE_DATE = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}$/;

async function agentClient(): Promise<number> {
  return await waitUntil('the agent is a client', async () => {
    const { body } = await get('/api/clients');
    return body.clients.find((client: { kind: string; id: number }) => client.kind === 'agent')?.id ?? null;
  });
}

async function makeTest(over: object = {}): Promise<number> {
  const { status, body } = await call('POST', '/api/test/create', {
    name: 'A test',
    destination: '127.0.0.1',
    interval: 1,
    ...over,
  });
  assert.equal(status, 200, JSON.stringify(body));
  assert.deepEqual(Object.keys(body).sort(), ['message', 'status', 'test_id']);
  return body.test_id;
}

test('the script of the guide runs through, and finds what it submitted and what agents measured', async () => {
  await agentClient();
  const { stdout } = await promisify(execFile)('python3', [SCRIPT, street.api], { timeout: 120_000 });
  const { client, made, data, stats } = JSON.parse(stdout);
  assert.deepEqual([client.status, typeof client.client_id], ['registered', 'number']);
  assert.deepEqual([made.status, typeof made.test_id], ['success', 'number']);
  const own = data.metrics.ping_latency[client.client_id];
  assert.deepEqual(own, [{ x: '2025-01-01T12:00:00.000', y: 15.3, submitted: true }]);
  assert.equal(data.clients[client.client_id], 'client-01');
  const [measured] = Object.entries(data.clients).filter(([id]) => Number(id) !== client.client_id);
  assert.ok(measured, JSON.stringify(data.clients));
  const points = data.metrics.ping_latency[measured[0]];
  assert.ok(points.every((point: object) => !('submitted' in point)));
  assert.ok(points.some(({ y }: { y: number | null }) => y !== null && y > 0 && y < 1_000));
  assert.deepEqual([stats.total_clients, stats.online_clients, stats.active_tests], [2, 2, 1]);
  assert.ok(stats.recent_activity.length >= 2 && stats.recent_activity.length <= 10);
  const names = new Set(stats.recent_activity.map(({ test_name }: { test_name: string }) => test_name));
  assert.deepEqual([...names], ['Loopback from a script']);
  assert.ok(
    stats.recent_activity.every(({ timestamp }: { timestamp: string }) => GUIDE_DATE.test(timestamp)),
  );
});

test('what a script submits is in no books and no series of ours', async () => {
  const id = await makeTest({ name: 'Only a script', client_ids: [await register('script-b')] });
  const clientId = await register('script-b');
  const before = (await get('/api/v1/accounting?test=only-a-script&namespace=default')).body as Accounting;
  const sent = await call('POST', '/api/test/results', {
    client_id: clientId,
    test_id: id,
    ping_latency: 7,
    my_own: 1,
  });
  assert.deepEqual(sent, {
    status: 200,
    body: { status: 'success', message: 'Results submitted', submitted: true, ignored: ['my_own'] },
  });
  const after = (await get('/api/v1/accounting?test=only-a-script&namespace=default')).body as Accounting;
  assert.deepEqual([before.scheduled, after.scheduled, after.ok, after.surplus], [0, 0, 0, 0]);
  const ours = await get('/api/v1/tests/default/only-a-script/results?probe=icmp');
  assert.deepEqual(ours.body.series, []);
  const { body: details } = await get(`/api/test/${id}/details`);
  assert.deepEqual(
    details.submitted.map(({ client_id, fields, submitted_by }: Record<string, unknown>) => [
      client_id,
      fields,
      submitted_by,
    ]),
    [[clientId, { ping_latency: 7 }, 'local user']],
  );
  const { body: submitted } = await get('/api/v1/tests/default/only-a-script/submitted');
  assert.equal(submitted.total, 1);
  const [{ client: name, submittedBy, fields }] = submitted.items;
  assert.deepEqual([name, submittedBy, fields], ['script-b', 'local user', { ping_latency: 7 }]);
  const { body: list } = await get(`/api/client/${clientId}/tests`);
  assert.deepEqual(
    list.tests.map((one: { id: number }) => one.id),
    [id],
  );
  const { body: client } = await get(`/api/client/${clientId}/details`);
  assert.deepEqual(
    client.test_history.map(({ test_name, ping_latency, submitted }: Record<string, unknown>) => [
      test_name,
      ping_latency,
      submitted,
    ]),
    [['Only a script', 7, true]],
  );
  assert.deepEqual(client.metrics, { cpu_percent: null, memory_percent: null, disk_percent: null });
  assert.deepEqual(client.null_reasons, {
    cpu_percent: 'no-result',
    memory_percent: 'no-result',
    disk_percent: 'no-result',
  });
});

async function register(hostname: string): Promise<number> {
  const { status, body } = await call('POST', '/api/client/register', {
    hostname,
    ip_address: '192.168.1.51',
  });
  assert.equal(status, 200, JSON.stringify(body));
  return body.client_id;
}

test('a client registers once, beats, is shown and is taken away', async () => {
  const id = await register('script-c');
  assert.equal(await register('script-c'), id);
  assert.deepEqual(await call('POST', `/api/client/${id}/heartbeat`), {
    status: 200,
    body: { status: 'ok' },
  });
  const { body } = await get(`/api/client/${id}/details`);
  assert.deepEqual(
    [body.client.hostname, body.client.status, body.client.kind],
    ['script-c', 'online', 'script'],
  );
  assert.match(body.client.last_seen, GUIDE_DATE);
  assert.equal(typeof body.uptime, 'number');
  assert.equal((await call('DELETE', `/api/client/${id}`)).status, 200);
  assert.equal((await call('POST', `/api/client/${id}/heartbeat`)).status, 404);
  assert.equal(
    (await get(`/api/client/${id}/details`)).body.error,
    `There is no client ${id}. GET /api/clients lists those there are.`,
  );
});

test('the name of an agent gives its number, and its machine is what it measured', async () => {
  const agent = await agentClient();
  const { body: known } = await get(`/api/client/${agent}/details`);
  assert.equal(await register(known.client.hostname), agent);
  await makeTest({ name: 'Machine', client_ids: [agent] });
  const details = await waitUntil('the machine was measured', async () => {
    const { body } = await get(`/api/client/${agent}/details`);
    return body.metrics.cpu_percent === null || body.test_history.length === 0 ? null : body;
  });
  for (const name of ['cpu_percent', 'memory_percent', 'disk_percent']) {
    const share = details.metrics[name];
    assert.ok(share >= 0 && share <= 100, `${name}: ${share}`);
  }
  assert.equal(details.client.ip_address === '192.168.1.51', false, 'a script says nothing of an agent');
  assert.ok(details.test_history.length <= 10);
});

test('series of a test have every name of the guide, and say why one is empty', async () => {
  const agent = await agentClient();
  const id = await makeTest({ name: 'Series', client_ids: [agent] });
  const data = await waitUntil('the test has series', async () => {
    const { body } = await get(`/api/test/${id}/data`);
    return (body.metrics.cpu[agent] ?? []).some(({ y }: { y: number | null }) => y !== null) &&
      (body.metrics.ping_latency[agent] ?? []).length > 1
      ? body
      : null;
  });
  assert.deepEqual(Object.keys(data.metrics), [
    'cpu',
    'memory',
    'disk',
    'ping_latency',
    'ping_packet_loss',
    'jitter',
    'dns_resolution_time',
    'tcp_connect_time',
    'ssl_handshake_time',
    'ttfb',
    'cpu_load_1min',
    'cpu_load_5min',
    'cpu_load_15min',
    'network_bytes_sent',
    'network_bytes_recv',
    'disk_read_iops',
    'disk_write_iops',
    'bandwidth_upload',
    'bandwidth_download',
    'dscp_value',
    'cos_value',
    'qos_policy_compliant',
  ]);
  assert.ok(data.timestamps.every((x: string) => GUIDE_DATE.test(x)));
  assert.deepEqual([...data.timestamps].sort(), data.timestamps);
  assert.deepEqual(
    data.metrics.ping_packet_loss[agent].map(({ y }: { y: number }) => y).filter((y: number) => y !== 0),
    [],
  );
  for (const name of ['bandwidth_upload', 'cos_value', 'qos_policy_compliant']) {
    assert.match(data.null_reasons[name][agent], /^(unsupported|not-asked)$/, name);
  }
  assert.equal(
    data.null_reasons.dns_resolution_time[agent],
    'not-applicable',
    'a literal address has no name',
  );
  // The same step of the API of our own, in seconds.
  const ours = await get('/api/v1/tests/default/series/results?probe=icmp&by=agent&range=5m&step=1s');
  const { series, from } = ours.body;
  const means = new Map(
    series[0].mean.map((mean: number | null, i: number) => [
      new Date(Date.parse(from) + i * 1_000).toISOString().replace('Z', ''),
      mean,
    ]),
  );
  for (const { x, y } of data.metrics.ping_latency[agent]) {
    const mean = means.get(x);
    assert.ok(typeof mean === 'number' && Math.abs(mean * 1_000 - y) < 1e-9, `${x}: ${y} ms, ours ${mean} s`);
  }
  const { body: details } = await get(`/api/test/${id}/details`);
  const [latest] = details.clients;
  assert.equal(Object.keys(latest.latest).length, 84);
  for (const [field, value] of Object.entries(latest.latest)) {
    assert.equal(value === null, field in latest.null_reasons, field);
  }
});

test('the route is traced once within a short test: hops, and the list of them in ms', async () => {
  const agent = await agentClient();
  const id = await makeTest({ name: 'Route', client_ids: [agent], duration: 10 });
  const latest = await waitUntil('it was traced', async () => {
    const { body } = await get(`/api/test/${id}/details`);
    const [client] = body.clients;
    return client === undefined || client.latest.traceroute_hops === null ? null : client.latest;
  });
  assert.equal(latest.traceroute_hops, 1, 'this host is one hop away');
  const [hop, ...further] = latest.traceroute_data;
  assert.deepEqual([further, hop.ttl, hop.address, hop.sent], [[], 1, '127.0.0.1', 3]);
  assert.equal(hop.rtt_ms.length + hop.lost, hop.sent);
  assert.ok(hop.rtt_ms.every((ms: number) => ms > 0 && ms < 1_000));
  // The same trace in the API of our own, in seconds.
  const samples = await fetch(`${street.api}/api/v1/tests/default/route/export?format=json&probe=trace`);
  const [first] = (await samples.json()) as { hops: number; path: { rtts_seconds: number[] }[] }[];
  assert.deepEqual(
    first?.path[0]?.rtts_seconds.map((seconds) => Number((seconds * 1_000).toPrecision(12))),
    hop.rtt_ms,
  );
});

test('a test goes on, is stopped, started again and deleted', async () => {
  const id = await makeTest({ name: 'Life', duration: 600 });
  const running = await waitUntil('it runs', async () => {
    const { body } = await get(`/api/test/${id}/progress`);
    return body.status === 'running' ? body : null;
  });
  assert.ok(running.progress >= 0 && running.progress < 50);
  assert.ok(running.remaining_time > 0 && running.remaining_time <= 600);
  assert.deepEqual(running.null_reasons, {});
  assert.equal((await call('POST', `/api/test/${id}/stop`)).status, 200);
  await waitUntil(
    'it is stopped',
    async () => (await get(`/api/test/${id}/progress`)).body.status === 'stopped',
  );
  assert.equal((await call('POST', `/api/test/${id}/stop`)).status, 200, 'twice is no error');
  assert.equal((await call('POST', `/api/test/${id}/start`)).status, 200);
  await waitUntil(
    'it runs again',
    async () => (await get(`/api/test/${id}/progress`)).body.status === 'running',
  );
  assert.equal((await call('DELETE', `/api/test/${id}/delete`)).status, 200);
  assert.equal((await get(`/api/test/${id}/data`)).status, 404);
  const { body } = await get('/api/tests');
  assert.ok(body.tests.every((one: { id: number }) => one.id !== id));
});

test('a test of a later time waits, and is stopped before it begins', async () => {
  const at = new Date(Date.now() + 3_600_000).toISOString().slice(0, 19);
  const id = await makeTest({ name: 'Later', scheduled_time: at });
  const { body } = await get('/api/tests');
  const view = body.tests.find((one: { id: number }) => one.id === id);
  assert.deepEqual(
    [view.status, view.scheduled_time, view.started_at, view.duration],
    ['pending', `${at}.000`, null, 300],
  );
  const { body: waiting } = await get(`/api/test/${id}/progress`);
  assert.deepEqual(
    [waiting.progress, waiting.remaining_time, waiting.null_reasons.remaining_time],
    [0, null, 'not-begun'],
  );
  await call('POST', `/api/test/${id}/stop`);
  assert.equal((await get(`/api/test/${id}/progress`)).body.status, 'stopped');
});

test('two tests of one name are two', async () => {
  const ids = [await makeTest({ name: 'Same' }), await makeTest({ name: 'Same' })];
  const { body } = await get('/api/tests');
  const views = body.tests.filter((one: { id: number }) => ids.includes(one.id));
  assert.deepEqual(
    views.map(({ name, stream_test }: Record<string, unknown>) => [name, stream_test]),
    [
      ['Same', 'same'],
      ['Same', 'same-2'],
    ],
  );
  for (const id of ids) await call('DELETE', `/api/test/${id}/delete`);
});

test('files of a test', async () => {
  const id = await makeTest({ name: 'Files' });
  await waitUntil('a sample came', async () => {
    const answer = await fetch(`${street.api}/api/test/${id}/export/json?probe=icmp`);
    return ((await answer.json()) as unknown[]).length > 0;
  });
  const csv = await fetch(`${street.api}/api/test/${id}/export/csv`);
  assert.match(csv.headers.get('content-type') ?? '', /^text\/csv/);
  assert.match(await csv.text(), /^time,agent,destination,outcome/);
});

test('what is not there is 404 with the word of the guide', async () => {
  for (const path of ['/api/test/9999/data', '/api/test/9999/progress', '/api/client/9999/tests']) {
    const { status, body } = await get(path);
    assert.deepEqual([status, typeof body.error], [404, 'string'], path);
  }
  assert.equal((await get('/api/test/abc/data')).status, 400);
});

test('switched off it is not there, and the rest is', async () => {
  const operator = await startOperator(
    {
      databaseUrl: street.postgres.url,
      host: '127.0.0.1',
      port: 0,
      consoleDir: null,
      logLevel: 'silent',
      cluster: null,
      guide: null,
    },
    pino({ level: 'silent' }),
  );
  try {
    for (const path of ['/api/dashboard/stats', '/api/tests', '/api/test/1/data', '/api/clients']) {
      assert.equal((await fetch(`${operator.url}${path}`)).status, 404, path);
    }
    assert.equal((await fetch(`${operator.url}/api/v1/tests`)).status, 200);
  } finally {
    await operator.stop();
  }
});

test('an agent that is taken away may not measure any more, and what it measured stays', async () => {
  const agent = await agentClient();
  const { body: before } = await get('/api/tests');
  const id = before.tests.find(({ name }: { name: string }) => name === 'Series').id;
  assert.deepEqual((await call('DELETE', `/api/client/${agent}`)).status, 200);
  assert.equal((await get(`/api/client/${agent}/details`)).status, 404);
  await waitUntil('the agent is revoked', async () => {
    const { body } = await get('/api/v1/agents?gone=true');
    return body.items[0]?.revokedAt != null;
  });
  const { body } = await get(`/api/test/${id}/data`);
  assert.ok(body.metrics.ping_latency[agent].length > 0);
  assert.equal(body.clients[agent], 'street');
  const { body: audit } = await get('/api/v1/audit');
  const actions = audit.items.map(({ action }: { action: string }) => action);
  for (const action of ['client.delete', 'agent.revoke', 'test.create', 'test.stop', 'test.delete']) {
    assert.ok(actions.includes(action), action);
  }
});
