import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkStreamTest } from './check.ts';
import { effectiveProbes, intervalMs, probePairs } from './effective.ts';
import type { StreamTestSpec } from './stream-test.ts';

const edge = { name: 'edge', host: 'edge.example.net' };

const GOOD: Readonly<Record<string, StreamTestSpec>> = {
  'one destination and every default': { destinations: [edge] },
  'addresses of both families': {
    destinations: [
      { name: 'v4', host: '198.18.0.1' },
      { name: 'v6', host: '2001:db8::1' },
    ],
  },
  'a URL with a port': {
    destinations: [{ name: 'health', url: 'https://shop.example.net:8443/health?full=1' }],
  },
  'loopback and metadata addresses: policy is decided where they would be touched': {
    destinations: [
      { name: 'me', host: '127.0.0.1' },
      { name: 'meta', host: '169.254.169.254' },
    ],
  },
  'all options of icmp': {
    destinations: [edge],
    probes: [
      {
        icmp: {
          count: 20,
          size: 1_400,
          dscp: 'ef',
          dontFragment: true,
          family: 'ipv4',
          source: '198.18.0.2',
          every: '30s',
          timeout: '2s',
        },
      },
    ],
  },
  'two ports, told apart by name': {
    destinations: [edge],
    probes: [{ tcp: { port: 443 } }, { name: 'plain', tcp: { port: 80, dscp: 0 } }],
  },
  'a probe for some destinations only': {
    destinations: [edge, { name: 'web', url: 'http://web.example.net/' }],
    probes: [{ icmp: {} }, { tcp: {}, destinations: ['web'] }],
  },
  'the shortest interval with the defaults': { destinations: [edge], interval: '1s' },
  'a one-shot test at a time': {
    destinations: [edge],
    interval: '1m30s',
    duration: '8760h',
    schedule: { startAt: '2026-12-01T09:00:00+01:00' },
  },
  'some agents': { destinations: [edge], sources: { agents: { matchLabels: { site: 'factory-7' } } } },
  'a mesh, a Service by number and a Service by name': {
    destinations: [
      { name: 'mesh', agents: { matchLabels: { zone: 'b' } } },
      { name: 'checkout', service: { name: 'checkout', namespace: 'shop', port: 8_443 } },
      { name: 'api', service: { name: 'api', port: 'https' } },
    ],
  },
  'every weekday at nine in Berlin': {
    destinations: [edge],
    duration: '5m',
    schedule: {
      cron: '0 9 * * mon-fri',
      timeZone: 'Europe/Berlin',
      concurrencyPolicy: 'Replace',
      startingDeadline: '10m',
    },
  },
  'nodes by label and by name, and hosts': {
    destinations: [edge],
    sources: {
      nodeSelector: { matchExpressions: [{ key: 'zone', operator: 'In', values: ['a', 'b'] }] },
      nodes: ['worker-1'],
      agents: { matchLabels: { site: 'factory-7' } },
    },
  },
  'gone a day after its run': { destinations: [edge], duration: '1m', ttlAfterFinished: '24h' },
  suspended: { destinations: [edge], suspend: true, description: 'später' },
};

for (const [what, spec] of Object.entries(GOOD)) {
  test(`accepted: ${what}`, () => {
    const manifest = {
      apiVersion: 'streamswarm.dev/v1alpha1',
      kind: 'StreamTest',
      metadata: { name: 'good' },
      spec,
    };
    assert.deepEqual(checkStreamTest(manifest), { ok: true, test: manifest });
  });
}

test('defaults: icmp, dns, tcp and host every 5 s, trace every minute', () => {
  const spec = { destinations: [edge] };
  assert.equal(intervalMs(spec), 5_000);
  assert.deepEqual(
    effectiveProbes(spec).map(({ name, kind, options, periodMs, only }) => [
      name,
      kind,
      options,
      periodMs,
      only,
    ]),
    [
      ['icmp', 'icmp', {}, 5_000, null],
      ['dns', 'dns', {}, 5_000, null],
      ['tcp', 'tcp', {}, 5_000, null],
      ['trace', 'trace', {}, 60_000, null],
      ['host', 'host', {}, 5_000, null],
    ],
  );
});

test('a probe with a cadence of its own keeps it unless the test is slower or says another', () => {
  const periodOf = (interval: string, trace: { every?: string }) =>
    effectiveProbes({ destinations: [edge], interval, probes: [{ trace }] })[0]?.periodMs;
  assert.equal(periodOf('1s', {}), 60_000);
  assert.equal(periodOf('10m', {}), 600_000);
  assert.equal(periodOf('5s', { every: '15s' }), 15_000);
});

test('every pair of probe and destination is answered, applicable or not; host stands once', () => {
  const pairs = probePairs({
    destinations: [edge, { name: 'checkout', service: { name: 'checkout' } }, { name: 'mesh', agents: {} }],
    probes: [{ icmp: {} }, { tcp: { port: 8_443 } }, { host: {} }],
  });
  assert.deepEqual(
    pairs.map(({ probe, destination, applicability }) => [
      probe.name,
      destination?.name ?? null,
      applicability.applies ? 'measures' : applicability.reason,
    ]),
    [
      ['icmp', 'edge', 'measures'],
      ['icmp', 'checkout', 'the address of a Service (ClusterIP) answers no ICMP: use tcp'],
      ['icmp', 'mesh', 'measures'],
      ['tcp', 'edge', 'measures'],
      ['tcp', 'checkout', 'measures'],
      ['tcp', 'mesh', 'agents listen on no port of their own yet'],
      ['host', null, 'measures'],
    ],
  );
});
