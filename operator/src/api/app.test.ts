import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  Accounting,
  AgentView,
  Catalogue,
  EventList,
  Fleet,
  PlanPreview,
  type ProblemDetails,
  Results,
  schemaProblems,
  TestDetail,
  TestList,
} from '@streamswarm/contract';
import type { TSchema } from 'typebox';
import { stringify } from 'yaml';
import type { Api } from './api-instance.ts';
import { fakeApp } from './testing/fake-app.ts';
import { AGENT, fakeServices, HELLO, NOW_MS } from './testing/fake-services.ts';

async function get(app: Api, url: string, schema?: TSchema): Promise<unknown> {
  const answer = await app.inject(url);
  assert.equal(answer.statusCode, 200, answer.body);
  const body: unknown = answer.json();
  if (schema !== undefined) assert.deepEqual(schemaProblems(schema, body), []);
  return body;
}

test('every view fits the contract', async () => {
  const services = fakeServices({
    events: async () => [
      {
        id: 3,
        at: new Date(NOW_MS),
        kind: 'run',
        reason: 'RunStarted',
        message: 'm',
        namespace: 'default',
        test: 'hello',
        agent: null,
        warning: false,
      },
    ],
    resultGroups: async () => [{ agent: null, destination: null, periodMs: 2_000, slotsPerSecond: 0.5 }],
  });
  const app = await fakeApp(services);
  const views: readonly [string, TSchema][] = [
    ['/api/v1/tests', TestList],
    ['/api/v1/tests/default/hello', TestDetail],
    ['/api/v1/tests/default/hello/results', Results],
    ['/api/v1/results', Results],
    ['/api/v1/tests/default/hello/events', EventList],
    ['/api/v1/events?since=2', EventList],
    ['/api/v1/accounting', Accounting],
    ['/api/v1/fleet', Fleet],
    ['/api/v1/agents/a', AgentView],
    ['/api/v1/catalogue', Catalogue],
  ];
  for (const [url, schema] of views) await get(app, url, schema);
  await get(app, '/api/v1/tests/default/hello/runs');
  await get(app, '/api/v1/tests/default/hello/revisions');
  await app.close();
});

test('a test is described by its manifest, run and books; what was not measured is null', async () => {
  const app = await fakeApp();
  const { items, total, counts } = (await get(app, '/api/v1/tests')) as TestList;
  assert.deepEqual([total, counts], [1, { Running: 1 }]);
  const [summary] = items;
  assert.ok(summary);
  assert.deepEqual(summary.run?.progressRatio, 0.5);
  assert.deepEqual([summary.lossRatio, summary.p95Seconds, summary.lastResultTime], [null, null, null]);
  assert.deepEqual(summary.sparkline, new Array(40).fill(null));
  assert.deepEqual(summary.books, {
    scheduled: 10,
    ok: 7,
    lost: 1,
    error: 0,
    denied: 0,
    dropped: 0,
    pending: 2,
    unaccounted: 0,
  });
  const { pairs } = (await get(app, '/api/v1/tests/default/hello')) as TestDetail;
  assert.deepEqual(
    pairs.map(({ probe, destination, target, periodSeconds }) => [probe, destination, target, periodSeconds]),
    [
      ['icmp', 'loopback', '127.0.0.1', 2],
      ['icmp', 'site', 'localhost', 2],
      ['tcp', 'site', 'localhost:5000', 2],
      ['host', null, null, 2],
    ],
  );
  await app.close();
});

test('what stands in the way of a test is told, and one that can measure nothing has failed', async () => {
  const problems = [
    {
      reason: 'ServiceNotFound',
      message: 'there is no Service x in namespace shop',
      destination: 'x',
      stops: true,
    },
  ];
  const app = await fakeApp(
    fakeServices({ standings: async (uids) => new Map(uids.map((uid) => [uid, { streams: 0, problems }])) }),
  );
  const { items, counts } = (await get(app, '/api/v1/tests', TestList)) as TestList;
  assert.deepEqual(counts, { Failed: 1 });
  const [summary] = items;
  assert.deepEqual(
    [summary?.state, summary?.message, summary?.problems, summary?.streams],
    ['Failed', problems[0]?.message, problems, 0],
  );
  assert.equal(((await get(app, '/api/v1/tests?state=Failed')) as TestList).total, 1);
  const { summary: detail } = (await get(app, '/api/v1/tests/default/hello', TestDetail)) as TestDetail;
  assert.deepEqual([detail.state, detail.problems], ['Failed', problems]);
  assert.deepEqual(((await get(app, '/api/v1/fleet', Fleet)) as Fleet).tests, { Failed: 1 });
  await app.close();
});

test('an agent says on which node it is, and one that is gone is listed only where it is asked for', async () => {
  const asked: unknown[] = [];
  const node = {
    ...AGENT,
    kind: 'Node',
    nodeName: 'worker-1',
    labels: { zone: 'b' },
    nodeLabels: {},
    gone: true,
  } as const;
  const app = await fakeApp(
    fakeServices({
      agents: async (wish) => {
        asked.push(wish);
        return [node];
      },
    }),
  );
  const {
    kind,
    node: on,
    labels,
    suspended,
    gone,
  } = (await get(app, '/api/v1/agents/a', AgentView)) as AgentView;
  assert.deepEqual([kind, on, labels, suspended, gone], ['Node', 'worker-1', { zone: 'b' }, false, true]);
  await get(app, '/api/v1/agents');
  await get(app, '/api/v1/agents?gone=true');
  assert.deepEqual(asked, [{ gone: true, name: 'a' }, { gone: false }, { gone: true }]);
  assert.equal((await app.inject('/api/v1/agents?gon=true')).statusCode, 400);
  await app.close();
});

test('a preview refuses what needs a cluster where there is none, and says who is missing', async () => {
  const preview = async (kubernetes: boolean, spec: object): Promise<PlanPreview> => {
    const services = fakeServices();
    const app = await fakeApp({ ...services, fleetInfo: { ...services.fleetInfo, kubernetes } });
    const payload = stringify({ ...HELLO, spec });
    const headers = { 'content-type': 'application/yaml' };
    const answer = await app.inject({ method: 'POST', url: '/api/v1/plan-preview', headers, payload });
    await app.close();
    assert.deepEqual(schemaProblems(PlanPreview, answer.json()), []);
    return answer.json() as PlanPreview;
  };
  const service = { destinations: [{ name: 's', service: { name: 'x', port: 443 } }], probes: [{ tcp: {} }] };
  const without = await preview(false, service);
  assert.deepEqual(
    [without.valid, without.problems.map(({ path, rule }) => [path, rule])],
    [false, [['spec.destinations[0].service', 'needs-cluster']]],
  );
  const within = await preview(true, service);
  assert.deepEqual([within.valid, within.streams, within.notices], [true, 1, []]);
  const mesh = await preview(false, { destinations: [{ name: 'all', agents: {} }], probes: [{ icmp: {} }] });
  assert.deepEqual(
    [mesh.valid, mesh.streams, mesh.notices.map(({ reason }) => reason)],
    [true, 0, ['AgentHasNoAddress', 'NoFarAgents']],
  );
});

test('a list is paged in the order of namespace and name', async () => {
  const services = fakeServices();
  const app = await fakeApp(services);
  for (const [namespace, name] of [
    ['b', 'a'],
    ['a', 'z'],
    ['a', 'b'],
  ] as const)
    await services.tests.apply(
      { ...HELLO, metadata: { namespace, name } },
      { mode: 'create', actor: 'test' },
    );
  const names: string[] = [];
  let cursor: string | null = null;
  do {
    const page = (await get(
      app,
      `/api/v1/tests?limit=2${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
    )) as TestList;
    names.push(...page.items.map((item) => `${item.namespace}/${item.name}`));
    assert.equal(page.total, 4);
    cursor = page.next;
  } while (cursor !== null);
  assert.deepEqual(names, ['a/b', 'a/z', 'b/a', 'default/hello']);
  const found = (await get(app, '/api/v1/tests?q=LOOP&namespace=a&state=Running')) as TestList;
  assert.equal(found.total, 2);
  assert.equal(((await get(app, '/api/v1/tests?state=Complete')) as TestList).total, 0);
  await app.close();
});

test('a test is created from JSON or YAML, once', async () => {
  const services = fakeServices();
  const app = await fakeApp(services);
  const manifest = { ...HELLO, metadata: { name: 'shop' } };
  const post = (type: string, payload: string) =>
    app.inject({ method: 'POST', url: '/api/v1/tests', headers: { 'content-type': type }, payload });
  const made = await post('application/yaml', stringify(manifest));
  assert.deepEqual(
    [made.statusCode, made.headers['location']],
    [201, '/api/v1/tests/default/shop'],
    made.body,
  );
  assert.deepEqual(schemaProblems(TestDetail, made.json()), []);
  assert.deepEqual(services.calls, [['apply', manifest, { mode: 'create', actor: 'local user' }]]);
  const again = await post('application/json', JSON.stringify(manifest));
  assert.deepEqual([again.statusCode, (again.json() as ProblemDetails).code], [409, 'test-exists']);
  assert.deepEqual(
    (again.json() as ProblemDetails).problems?.map(({ path }) => path),
    ['metadata.name'],
    'it lands at the field that is to be changed',
  );
  await app.close();
});

test('apply says what it did, and refuses a manifest of another name', async () => {
  const app = await fakeApp();
  const put = (url: string) => app.inject({ method: 'PUT', url, payload: HELLO });
  const changed = await put('/api/v1/tests/default/hello');
  assert.deepEqual([changed.statusCode, changed.headers['x-streamswarm-result']], [200, 'configured']);
  const other = await put('/api/v1/tests/default/other');
  assert.equal(other.statusCode, 400);
  assert.equal((other.json() as ProblemDetails).problems?.[0]?.path, 'metadata.name');
  await app.close();
});

test('start, stop, suspend, resume and delete reach the store', async () => {
  const services = fakeServices();
  const app = await fakeApp(services);
  const now = new Date(NOW_MS).toISOString();
  const post = async (verb: string) =>
    (await app.inject({ method: 'POST', url: `/api/v1/tests/default/hello/${verb}` })).statusCode;
  assert.deepEqual([await post('start'), await post('stop'), await post('suspend')], [200, 200, 200]);
  assert.equal(await post('start'), 409);
  assert.equal(await post('resume'), 200);
  const deleted = await app.inject({ method: 'DELETE', url: '/api/v1/tests/default/hello' });
  assert.deepEqual([deleted.statusCode, deleted.body], [204, '']);
  assert.deepEqual(services.calls, [
    ['annotate', 'default', 'hello', { 'streamswarm.dev/run-now': now }],
    ['annotate', 'default', 'hello', { 'streamswarm.dev/stop-now': now }],
    ['setSuspend', 'default', 'hello', true, 'local user'],
    ['setSuspend', 'default', 'hello', false, 'local user'],
    ['remove', 'default', 'hello', 'local user'],
  ]);
  for (const verb of ['start', 'stop', 'suspend', 'resume']) assert.equal(await post(verb), 404, verb);
  await app.close();
});

test('a preview is 200 for anything that is typed', async () => {
  const app = await fakeApp();
  const preview = async (payload: string): Promise<PlanPreview> => {
    const answer = await app.inject({
      method: 'POST',
      url: '/api/v1/plan-preview',
      headers: { 'content-type': 'application/yaml' },
      payload,
    });
    assert.equal(answer.statusCode, 200, answer.body);
    assert.deepEqual(schemaProblems(PlanPreview, answer.json()), []);
    return answer.json() as PlanPreview;
  };
  const good = await preview(stringify(HELLO));
  // One agent; icmp to two destinations, tcp to one, host: 4 streams, each every 2 s.
  assert.deepEqual([good.valid, good.agents, good.streams, good.samplesPerSecond], [true, 1, 4, 2]);
  // icmp sends 10 echoes to each of two, tcp 3 packets: 23 every 2 s.
  assert.equal(good.packetsPerSecond, 11.5);
  assert.ok(good.bytesPerDay > 0);
  assert.match(good.manifest ?? '', /^apiVersion: streamswarm.dev\/v1alpha1\n/);
  const typing = await preview('kind: [');
  assert.deepEqual([typing.valid, typing.problems[0]?.rule], [false, 'syntax']);
  const wrong = await preview(stringify({ ...HELLO, spec: { ...HELLO.spec, interval: '1' } }));
  assert.deepEqual([wrong.valid, wrong.problems[0]?.path], [false, 'spec.interval']);
  assert.equal((await preview('')).valid, false);
  await app.close();
});

test('metrics hold the books, the agents and the times of answers by route', async () => {
  const app = await fakeApp();
  await app.inject('/api/v1/tests/default/hello');
  const { body, headers } = await app.inject('/metrics');
  assert.match(String(headers['content-type']), /^text\/plain/);
  for (const line of [
    'streamswarm_slots{outcome="ok"} 7',
    'streamswarm_slots{outcome="unaccounted"} 0',
    'streamswarm_slots_scheduled 10',
    'streamswarm_unaccounted 0',
    'streamswarm_agents{online="true"} 1',
    'streamswarm_agents{online="false"} 0',
    'streamswarm_http_request_duration_seconds_count{method="GET",route="/api/v1/tests/:namespace/:name",status="200"} 1',
  ])
    assert.ok(body.includes(line), line);
  await app.close();
});

test('health, readiness, and what is not there', async () => {
  const services = fakeServices();
  const app = await fakeApp({ ...services, isReady: async () => ({ ready: false, why: 'no leader' }) });
  assert.deepEqual((await app.inject('/healthz')).body, 'ok\n');
  const ready = await app.inject('/readyz');
  assert.deepEqual([ready.statusCode, ready.json()], [503, { ready: false, why: 'no leader' }]);
  for (const [url, code] of [
    ['/api/v1/nothing', 'not-found'],
    ['/api/v1/tests/default/none', 'test-not-found'],
    ['/api/v1/agents/none', 'agent-not-found'],
  ] as const) {
    const answer = await app.inject(url);
    assert.deepEqual([answer.statusCode, (answer.json() as ProblemDetails).code], [404, code]);
  }
  const garbled = await app.inject('/api/v1/agents/%E0%A4%A');
  assert.deepEqual([garbled.statusCode, (garbled.json() as ProblemDetails).code], [400, 'invalid-request']);
  await app.close();
});

test('a failure is told without internals, and Postgres away is no failure of ours', async () => {
  const failing = async (error: Error): Promise<ProblemDetails & { headers: object }> => {
    const app = await fakeApp(fakeServices({ agents: async () => Promise.reject(error) }));
    const answer = await app.inject('/api/v1/agents');
    await app.close();
    return { ...(answer.json() as ProblemDetails), headers: answer.headers };
  };
  const internal = await failing(new Error('password=hunter2'));
  assert.deepEqual([internal.status, internal.code, internal.instance], [500, 'internal', 'request-1']);
  assert.ok(!JSON.stringify(internal).includes('hunter2'));
  const away = await failing(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }));
  assert.deepEqual([away.status, away.code], [503, 'database-unavailable']);
  assert.equal((away.headers as Record<string, string>)['retry-after'], '2');
});

test('OpenAPI describes every address with the names of the contract', async () => {
  const app = await fakeApp();
  const api = (await get(app, '/api/openapi.json')) as {
    openapi: string;
    paths: Record<string, Record<string, { responses: Record<string, unknown> }>>;
    components: { schemas: Record<string, unknown> };
  };
  assert.equal(api.openapi, '3.1.0');
  for (const path of [
    '/api/v1/tests',
    '/api/v1/tests/{namespace}/{name}/results',
    '/api/v1/accounting',
    '/agent/v1/batches',
  ])
    assert.ok(api.paths[path], path);
  for (const name of ['TestList', 'TestDetail', 'Results', 'Accounting', 'ProblemDetails', 'Fleet'])
    assert.ok(
      JSON.stringify(api).includes(`#/components/schemas/${name}`) || api.components.schemas[name],
      name,
    );
  for (const operations of Object.values(api.paths)) {
    for (const operation of Object.values(operations)) assert.ok(Object.keys(operation.responses).length > 0);
  }
  await app.close();
});
