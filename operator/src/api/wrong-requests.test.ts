import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Problem, ProblemDetails, schemaProblems } from '@streamswarm/contract';
import { fakeApp } from './testing/fake-app.ts';
import { fakeServices, HELLO, NOTHING_STORED } from './testing/fake-services.ts';

/** HELLO with something changed. */
function wrong(change: (manifest: Record<string, never> & typeof HELLO) => void): unknown {
  const manifest = structuredClone(HELLO) as Record<string, never> & typeof HELLO;
  change(manifest);
  return manifest;
}
const spec = (part: object): unknown => ({ ...HELLO, spec: { ...HELLO.spec, ...part } });

/** A body, the path that the answer must name, and a part of what it must say is allowed. */
const BODIES: readonly [string, unknown, string, RegExp][] = [
  ['a list', [], '', /mapping/],
  [
    'no spec',
    { apiVersion: HELLO.apiVersion, kind: HELLO.kind, metadata: HELLO.metadata },
    'spec',
    /required/,
  ],
  ['another kind', { ...HELLO, kind: 'Deployment' }, 'kind', /StreamTest/],
  ['another version', { ...HELLO, apiVersion: 'v1' }, 'apiVersion', /streamswarm\.dev\/v1alpha1/],
  ['an unknown field', spec({ intervall: '5s' }), 'spec.intervall', /unknown field/],
  ['a name in capitals', { ...HELLO, metadata: { name: 'Hello' } }, 'metadata.name', /lower-case/],
  ['a number as interval', spec({ interval: 5 }), 'spec.interval', /text/],
  ['an interval without unit', spec({ interval: '5' }), 'spec.interval', /between 1s and 24h/],
  ['no destinations', spec({ destinations: [] }), 'spec.destinations', /at least 1/],
  [
    'a scheme in host',
    wrong((m) => {
      m.spec.destinations = [{ name: 'a', host: 'http://a' }];
      m.spec.probes = [{ icmp: {} }];
    }),
    'spec.destinations[0].host',
    /without scheme/,
  ],
  [
    'a relative url',
    spec({
      destinations: [
        { name: 'a', host: 'a' },
        { name: 'site', url: '/x' },
      ],
    }),
    'spec.destinations[1].url',
    /absolute URL/,
  ],
  [
    'two kinds of destination',
    spec({ destinations: [{ name: 'site', host: 'a', url: 'http://a/' }] }),
    'spec.destinations[0]',
    /exactly one/,
  ],
  [
    'a later probe',
    spec({ probes: [{ mtu: {} }] }),
    'spec.probes[0].mtu',
    /not supported by this version yet/,
  ],
  ['no such probe', spec({ probes: [{ pingg: {} }] }), 'spec.probes[0].pingg', /unknown kind/],
  [
    'too many echoes',
    spec({ probes: [{ icmp: { count: 101 } }] }),
    'spec.probes[0].icmp.count',
    /at most 100/,
  ],
  [
    'a slot longer than its period',
    spec({ probes: [{ icmp: { timeout: '10s' } }] }),
    'spec.probes[0].icmp',
    /fit/,
  ],
  [
    'a probe of no destination',
    spec({ probes: [{ tcp: {}, destinations: ['nowhere'] }] }),
    'spec.probes[0].destinations[0]',
    /name of a destination/,
  ],
  ['suspend as text', spec({ suspend: 'yes' }), 'spec.suspend', /true or false/],
];

for (const [what, body, path, message] of BODIES) {
  test(`a manifest with ${what} is refused at ${path || 'the whole'}, and nothing is stored`, async () => {
    const services = fakeServices();
    const app = await fakeApp(services);
    for (const [method, url] of [
      ['POST', '/api/v1/tests'],
      ['PUT', '/api/v1/tests/default/hello'],
    ] as const) {
      const answer = await app.inject({ method, url, payload: body as object });
      assert.equal(answer.statusCode, 400, answer.body);
      assert.match(String(answer.headers['content-type']), /^application\/problem\+json/);
      const problem = answer.json() as ProblemDetails;
      assert.deepEqual(schemaProblems(ProblemDetails, problem), []);
      assert.equal(problem.code, 'invalid-manifest');
      assert.match(said(problem, path), message);
    }
    assert.deepEqual(services.calls, []);
    await app.close();
  });
}

const QUERIES: readonly [string, string, RegExp][] = [
  ['/api/v1/tests?limit=0', 'limit', /at least 1/],
  ['/api/v1/tests?limit=many', 'limit', /whole number/],
  ['/api/v1/tests?state=Wonderful', 'state', /Pending, Scheduled, Running/],
  ['/api/v1/tests?colour=red', 'colour', /takes range, from, to, limit/],
  ['/api/v1/tests?range=1y', 'range', /between 1m and 8760h/],
  ['/api/v1/tests?range=1h&from=2026-12-01T00:00:00Z', 'range', /beside from/],
  ['/api/v1/tests?from=2026-12-01', 'from', /with its zone/],
  ['/api/v1/tests?from=2026-12-01T13:00:00Z&to=2026-12-01T12:00:00Z', 'from', /before to/],
  ['/api/v1/tests/default/hello/results?probe=mtu', 'probe', /icmp, dns, tcp, tls, http, trace, host/],
  ['/api/v1/tests/default/hello/results?metric=stamp', 'metric', /not a number.*rtts_seconds/],
  ['/api/v1/tests/default/hello/results?probe=tcp&metric=rtts_seconds', 'metric', /connect_seconds/],
  ['/api/v1/tests/default/hello/results?by=planet', 'by', /none, agent, destination, stream/],
  ['/api/v1/tests/default/hello/results?width=5', 'width', /at least 10/],
  ['/api/v1/tests/default/hello/paths?probe=icmp', 'probe', /only a trace probe/],
  ['/api/v1/results?probe=hello', 'probe', /icmp, dns, tcp, tls, http, trace, host/],
  ['/api/v1/events?since=-1', 'since', /at least 0/],
  ['/api/v1/tests/default/hello/events?from=2026-12-01', 'from', /with its zone/],
  ['/api/v1/accounting?test=a&tset=b', 'tset', /takes range, from, to, namespace, test/],
  ['/api/v1/tests/Default/hello', 'namespace', /lower-case/],
];

for (const [url, path, message] of QUERIES) {
  test(`GET ${url} names ${path}`, async () => {
    const app = await fakeApp();
    const answer = await app.inject(url);
    assert.equal(answer.statusCode, 400, answer.body);
    assert.match(said(answer.json(), path), message);
    await app.close();
  });
}

test('a session with wrong fields names each of them', async () => {
  const app = await fakeApp();
  const answer = await app.inject({
    method: 'POST',
    url: '/agent/v1/session',
    payload: {
      agentId: 'short',
      name: '',
      version: '1',
      clockMs: 'now',
      platform: {},
      addresses: [],
      capabilities: [],
    },
  });
  const problem = answer.json() as ProblemDetails;
  assert.deepEqual([answer.statusCode, problem.code], [400, 'invalid-body']);
  assert.match(said(problem, 'agentId'), /at least 8/);
  assert.match(said(problem, 'platform.cores'), /required/);
  assert.match(said(problem, 'clockMs'), /number/);
  await app.close();
});

test('a retention with wrong fields names each of them, and changes nothing', async () => {
  const services = fakeServices();
  const app = await fakeApp(services);
  const put = async (payload: object): Promise<ProblemDetails> => {
    const answer = await app.inject({ method: 'PUT', url: '/api/v1/retention', payload });
    assert.equal(answer.statusCode, 400, answer.body);
    return answer.json();
  };
  const wrong = await put({ raw: 0, '1m': 1.5, '10m': 180, days: 3 });
  assert.match(said(wrong, 'raw'), /at least 1/);
  assert.match(said(wrong, '1m'), /whole number/);
  assert.match(said(wrong, '1h'), /required/);
  assert.match(said(wrong, 'days'), /unknown field|takes/);
  const crossed = await put({ raw: 7, '1m': 30, '10m': 20, '1h': 730 });
  assert.match(said(crossed, '10m'), /at least 30, the days of 1m/);
  assert.deepEqual([services.calls, services.recorded], [[], []]);
  const right = { raw: 2, '1m': 2, '10m': 20, '1h': 20 };
  const answer = await app.inject({ method: 'PUT', url: '/api/v1/retention', payload: right });
  assert.deepEqual(answer.json(), { days: right, booksFrom: null, stored: NOTHING_STORED });
  assert.deepEqual(services.calls, [['retention', right]]);
  assert.deepEqual(
    services.recorded.map(({ action, detail }) => [action, detail]),
    [['retention.set', 'raw 2 d, 1m 2 d, 10m 20 d, 1h 20 d']],
  );
  await app.close();
});

test('what is no JSON, no YAML or of another type is refused in words', async () => {
  const app = await fakeApp();
  const post = (type: string, payload: string) =>
    app.inject({ method: 'POST', url: '/api/v1/tests', headers: { 'content-type': type }, payload });
  const answers = [
    [await post('application/json', '{"kind": '), 400, 'invalid-json', /JSON/],
    [await post('application/json', '{"__proto__": {"a": 1}}'), 400, 'invalid-json', /JSON/],
    [await post('application/yaml', 'kind: [StreamTest'), 400, 'invalid-yaml', /line 1/],
    [await post('application/yaml', 'kind: a\nkind: b\n'), 400, 'invalid-yaml', /unique/],
    [await post('application/yaml', 'a: 1\n---\nb: 2\n'), 400, 'invalid-yaml', /2 documents/],
    [await post('application/yaml', ''), 400, 'invalid-yaml', /empty/],
    [await post('text/plain', 'hello'), 415, 'unsupported-media-type', /application\/yaml/],
    [await post('application/json', JSON.stringify('x'.repeat(1_100_000))), 413, 'body-too-large', /less/],
  ] as const;
  for (const [answer, status, code, detail] of answers) {
    const problem = answer.json() as ProblemDetails;
    assert.deepEqual(
      [answer.statusCode, problem.code, problem.instance],
      [status, code, 'request-1'],
      answer.body,
    );
    assert.match(problem.detail, detail);
  }
  await app.close();
});

function said(problem: ProblemDetails, path: string): string {
  const found = problem.problems?.find((one: Problem) => one.path === path);
  assert.ok(found, `no problem at ${path}: ${JSON.stringify(problem)}`);
  return found.message;
}
