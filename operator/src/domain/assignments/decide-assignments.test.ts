import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type StreamTestSpec, streamKey } from '@streamswarm/contract';
import { decideAssignments } from './decide-assignments.ts';
import { agent, nodeAgent } from './fixtures/agent.ts';
import type { ServiceFacts, ServiceLookup } from './service-target.ts';

const fleet = [
  nodeAgent('w1', { address: '198.18.0.1', labels: { zone: 'a' } }),
  nodeAgent('w2', { address: '198.18.0.2', labels: { zone: 'b' } }),
  nodeAgent('w3', { address: '198.18.0.3', labels: { zone: 'b' } }),
];
const shop: ServiceFacts = {
  clusterIp: '198.18.9.9',
  ports: [{ name: 'https', port: 443 }],
  endpoints: [{ address: '198.18.1.1', ports: [{ name: 'https', port: 8_443 }], ready: true }],
};
const services: ServiceLookup = (namespace, name) =>
  namespace === 'shop' && name === 'checkout' ? shop : null;
const decide = (spec: StreamTestSpec, agents = fleet, lookup: ServiceLookup | undefined = services) =>
  decideAssignments({ cluster: 'c', testUid: 't', namespace: 'shop', spec, agents, services: lookup });
const mesh: StreamTestSpec = {
  destinations: [{ name: 'all', agents: {} }],
  probes: [{ icmp: {} }],
};

test('a mesh: every source to every matching agent except itself, each pair a stream of its own', () => {
  const { streams, problems } = decide(mesh);
  assert.deepEqual(problems, []);
  assert.deepEqual(
    streams.map(({ agentId, endpoint, target }) => [agentId, endpoint, target?.host, target?.destination]),
    [
      ['id-of-w1', 'id-of-w2', '198.18.0.2', 'all'],
      ['id-of-w1', 'id-of-w3', '198.18.0.3', 'all'],
      ['id-of-w2', 'id-of-w1', '198.18.0.1', 'all'],
      ['id-of-w2', 'id-of-w3', '198.18.0.3', 'all'],
      ['id-of-w3', 'id-of-w1', '198.18.0.1', 'all'],
      ['id-of-w3', 'id-of-w2', '198.18.0.2', 'all'],
    ],
  );
  assert.equal(new Set(streams.map(({ stream }) => stream)).size, 6);
  assert.equal(
    streams[0]?.stream,
    streamKey({
      cluster: 'c',
      testUid: 't',
      agent: 'id-of-w1',
      destination: 'all',
      endpoint: 'id-of-w2',
      probe: 'icmp',
    }),
  );
});

test('a mesh by label, from some sources only; an agent that is gone, suspended or nowhere is no far end', () => {
  const { streams, problems } = decide(
    {
      ...mesh,
      destinations: [{ name: 'zone-b', agents: { matchLabels: { zone: 'b' } } }],
      sources: { nodes: ['w1', 'w2'] },
    },
    [
      ...fleet,
      nodeAgent('w4', { labels: { zone: 'b' }, address: '198.18.0.4', gone: true }),
      nodeAgent('w5', { labels: { zone: 'b' }, address: '198.18.0.5', suspended: true }),
      agent('w6', { labels: { zone: 'b' } }),
    ],
  );
  assert.deepEqual(
    streams.map(({ agentId, endpoint }) => [agentId, endpoint]),
    [
      ['id-of-w1', 'id-of-w2'],
      ['id-of-w1', 'id-of-w3'],
      ['id-of-w2', 'id-of-w3'],
    ],
  );
  assert.deepEqual(
    problems.map(({ reason, destination, stops }) => [reason, destination, stops]),
    [['AgentHasNoAddress', 'zone-b', false]],
  );
  assert.match(problems[0]?.message ?? '', /w6/);
});

test('a mesh without another end says so', () => {
  const elsewhere = { ...mesh, destinations: [{ name: 'all', agents: { matchLabels: { zone: 'x' } } }] };
  for (const [agents, spec] of [
    [fleet.slice(0, 1), mesh],
    [fleet, elsewhere],
  ] as const) {
    const { streams, problems } = decide(spec, agents);
    assert.deepEqual(
      [streams, problems.map(({ reason, destination, stops }) => [reason, destination, stops])],
      [[], [['NoFarAgents', 'all', true]]],
    );
  }
});

test('a Service leads to its address and port; the port of the probe counts first', () => {
  const of = (port?: number | string, probe?: { port: number }) =>
    decide({
      destinations: [{ name: 's', service: { name: 'checkout', ...(port === undefined ? {} : { port }) } }],
      probes: [{ tcp: probe ?? {} }],
      sources: { nodes: ['w1'] },
    });
  for (const [port, probe] of [[undefined], [443], ['https'], [undefined, { port: 443 }]] as const)
    assert.deepEqual(of(port, probe).streams[0]?.target, { destination: 's', host: '198.18.9.9', port: 443 });
  assert.deepEqual(
    of('grpc').problems.map(({ reason, destination, stops }) => [reason, destination, stops]),
    [['PortNotFound', 's', true]],
  );
  assert.equal(of(443, { port: 80 }).problems[0]?.reason, 'PortNotFound');
});

test('a problem of one destination does not stop the others, and is said once', () => {
  const { streams, problems } = decide({
    destinations: [
      { name: 'lost', service: { name: 'nowhere' } },
      { name: 'elsewhere', service: { name: 'checkout', namespace: 'other' } },
      { name: 'found', service: { name: 'checkout' } },
      { name: 'host', host: 'edge.example' },
    ],
    probes: [{ tcp: {} }, { name: 'again', tcp: {} }],
  });
  assert.deepEqual(
    problems.map(({ reason, destination, message }) => [reason, destination, message]),
    [
      ['ServiceNotFound', 'lost', 'there is no Service nowhere in namespace shop'],
      ['ServiceNotFound', 'elsewhere', 'there is no Service checkout in namespace other'],
    ],
  );
  assert.equal(streams.length, 3 * 2 * 2);
});

test('without a cluster a Service is said to need one', () => {
  const spec = { destinations: [{ name: 's', service: { name: 'checkout' } }], probes: [{ tcp: {} }] };
  const { streams, problems } = decideAssignments({
    cluster: 'c',
    testUid: 't',
    namespace: 'shop',
    spec,
    agents: fleet,
  });
  assert.deepEqual([streams, problems.map(({ reason }) => reason)], [[], ['NeedsCluster']]);
});
