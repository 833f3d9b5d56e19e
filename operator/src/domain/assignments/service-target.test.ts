import assert from 'node:assert/strict';
import { test } from 'node:test';
import { resolveService, type ServiceFacts } from './service-target.ts';

const clustered: ServiceFacts = {
  clusterIp: '198.18.9.9',
  ports: [
    { name: 'http', port: 80 },
    { name: 'https', port: 443 },
  ],
  endpoints: [{ address: '198.18.1.1', ports: [{ name: 'http', port: 8_080 }], ready: true }],
};
const endpoint = (n: number, ready = true) => ({
  address: `198.18.1.${n}`,
  ports: [
    { name: 'http', port: 8_080 },
    { name: 'https', port: 8_443 },
  ],
  ready,
});
const headless: ServiceFacts = {
  ...clustered,
  clusterIp: null,
  endpoints: [1, 2, 3, 4].map((n) => endpoint(n)),
};
const found = (facts: ServiceFacts, port?: number | string, source = 'a') => {
  const target = resolveService(facts, port, source);
  return target.ok ? [target.host, target.port] : target.reason;
};

test('a Service with an address: that address and one of its ports', () => {
  const table: [port: number | string | undefined, expected: unknown][] = [
    [undefined, ['198.18.9.9', 80]],
    [443, ['198.18.9.9', 443]],
    ['https', ['198.18.9.9', 443]],
    [8_443, 'PortNotFound'],
    ['grpc', 'PortNotFound'],
  ];
  for (const [port, expected] of table) assert.deepEqual(found(clustered, port), expected, `${port}`);
  const refused = resolveService(clustered, 'grpc', 'a');
  assert.match(refused.ok ? '' : refused.message, /no port grpc: it has 80 \(http\), 443 \(https\)/);
  const deserted = resolveService({ ...clustered, endpoints: [] }, undefined, 'a');
  assert.deepEqual(
    deserted,
    { ok: true, host: '198.18.9.9', port: 80, noEndpoints: true },
    'measured, and said',
  );
});

test('a headless Service: one ready endpoint, and the port that stands behind the name there', () => {
  const [host] = found(headless, 'https');
  assert.match(`${host}`, /^198\.18\.1\.[1-4]$/);
  assert.deepEqual(found(headless, 'https'), [host, 8_443]);
  assert.deepEqual(found(headless, 443), [host, 8_443]);
  assert.equal(found({ ...headless, endpoints: [endpoint(1, false)] }), 'NoEndpoints');
  assert.deepEqual(found({ ...headless, ports: [] }, 53), [host, 53], 'a Service that lists no port');
});

test('a headless endpoint is kept while it is ready, whatever comes, goes or is listed first', () => {
  const sources = Array.from({ length: 200 }, (_, i) => `agent-${i}`);
  const before = new Map(sources.map((source) => [source, found(headless, 80, source)?.[0]]));
  assert.equal(new Set(before.values()).size, 4, 'sources spread');
  const changed = { ...headless, endpoints: [endpoint(5), endpoint(4), endpoint(2), endpoint(1)] };
  for (const source of sources) {
    const after = found(changed, 80, source)?.[0];
    const was = before.get(source);
    assert.ok(
      after === was || after === '198.18.1.5' || was === '198.18.1.3',
      `${source}: ${was} -> ${after}`,
    );
  }
});

test('an ExternalName leads to its name', () => {
  assert.deepEqual(
    found({ clusterIp: null, externalName: 'db.example.net', ports: [], endpoints: [] }, 5_432),
    ['db.example.net', 5_432],
  );
});
