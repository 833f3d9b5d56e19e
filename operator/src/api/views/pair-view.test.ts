import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StreamTest } from '@streamswarm/contract';
import { pairViews, selectorWords } from './pair-view.ts';

test('a pair names its Service, its far agents, or why it does not apply', () => {
  const manifest: StreamTest = {
    apiVersion: 'streamswarm.dev/v1alpha1',
    kind: 'StreamTest',
    metadata: { name: 't', namespace: 'shop' },
    spec: {
      destinations: [
        { name: 'checkout', service: { name: 'checkout', port: 'https' } },
        { name: 'dns', service: { name: 'kube-dns', namespace: 'kube-system' } },
        { name: 'nodes', agents: { matchLabels: { zone: 'b' } } },
        { name: 'edge', host: '2001:db8::1' },
      ],
      probes: [
        { icmp: {} },
        { tcp: { port: 443 } },
        { name: 'plain', tcp: {}, destinations: ['dns', 'checkout'] },
      ],
    },
  };
  const views = pairViews(manifest);
  assert.deepEqual(
    views
      .filter(({ applies }) => applies)
      .map(({ probe, destinationKind, target }) => [probe, destinationKind, target]),
    [
      ['icmp', 'agents', 'zone=b'],
      ['icmp', 'host', '2001:db8::1'],
      ['tcp', 'service', 'shop/checkout:443'],
      ['tcp', 'service', 'kube-system/kube-dns:443'],
      ['tcp', 'host', '[2001:db8::1]:443'],
      ['plain', 'service', 'shop/checkout:https'],
      ['plain', 'service', 'kube-system/kube-dns'],
    ],
  );
  for (const view of views) assert.equal(view.reason === null, view.applies);
});

test('selectors read as kubectl writes them', () => {
  assert.equal(selectorWords({}), 'every agent');
  const matchExpressions = [
    { key: 'zone', operator: 'In', values: ['a', 'b'] },
    { key: 'pool', operator: 'NotIn', values: ['old'] },
    { key: 'gpu', operator: 'Exists' },
    { key: 'spot', operator: 'DoesNotExist' },
  ] as const;
  assert.equal(
    selectorWords({
      matchLabels: { os: 'linux' },
      matchExpressions: matchExpressions.map((e) => ({ ...e })) as never,
    }),
    'os=linux, zone in (a,b), pool notin (old), gpu, !spot',
  );
});
