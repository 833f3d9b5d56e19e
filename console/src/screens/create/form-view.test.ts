import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readForm } from './form-view.ts';

test('the form shows what the manifest says, and nothing where it says nothing', () => {
  const form = readForm(
    `metadata: {name: edge}
spec:
  destinations:
    - {name: a, host: 127.0.0.1}
    - {name: b, service: {name: checkout}}
    - {name: m, agents: {matchLabels: {zone: b}}}
    - {name: x, agents: {matchExpressions: [{key: gpu, operator: Exists}]}}
    - {name: c}
  probes: [{icmp: {count: 3}}, {name: web, tcp: null}, {name: edge, destinations: [a], icmp: {}}]
  schedule: {startAt: "2026-12-01T09:00:00+01:00"}
`,
    ['icmp', 'tcp', 'host'],
  );
  assert.deepEqual(form, {
    name: 'edge',
    namespace: '',
    description: '',
    destinations: [
      { name: 'a', kind: 'host', value: '127.0.0.1' },
      { name: 'b', kind: 'service', value: 'checkout' },
      { name: 'm', kind: 'agents', value: 'zone=b' },
      { name: 'x', kind: null, value: '' },
      { name: 'c', kind: 'host', value: '' },
    ],
    probes: [
      { kind: 'icmp', index: 0, options: { count: 3 }, name: '', destinations: [] },
      { kind: 'icmp', index: 2, options: {}, name: 'edge', destinations: ['a'] },
      { kind: 'tcp', index: 1, options: {}, name: 'web', destinations: [] },
      { kind: 'host', index: null, options: {}, name: '', destinations: [] },
    ],
    sources: { kind: 'everywhere', text: '' },
    interval: '',
    duration: '',
    startAt: '2026-12-01T09:00:00+01:00',
    cron: '',
    schedule: { startAt: '2026-12-01T09:00:00+01:00' },
  });
});

test('a text that cannot be read has no form; odd shapes have an empty one', () => {
  assert.equal(readForm('spec: [', []), null);
  assert.deepEqual(readForm('spec: 3', [])?.destinations, []);
});
