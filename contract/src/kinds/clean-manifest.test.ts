import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkStreamTest } from './check.ts';
import { cleanManifest } from './clean-manifest.ts';

const written = {
  apiVersion: 'streamswarm.dev/v1alpha1',
  kind: 'StreamTest',
  metadata: { name: 'shop', namespace: 'default', annotations: { 'streamswarm.dev/run-now': '1' } },
  spec: { destinations: [{ name: 'edge', host: 'edge.example.net' }] },
};

test('what an API server and kubectl add is taken off again', () => {
  const stored = {
    ...written,
    metadata: {
      ...written.metadata,
      uid: 'f0a1',
      resourceVersion: '7',
      generation: 2,
      creationTimestamp: '2026-12-01T09:00:00Z',
      managedFields: [{ manager: 'kubectl' }],
      ownerReferences: [],
      annotations: {
        ...written.metadata.annotations,
        'kubectl.kubernetes.io/last-applied-configuration': '{}',
      },
    },
    status: { state: 'Pending' },
  };
  assert.deepEqual(cleanManifest(stored), written);
  assert.deepEqual(checkStreamTest(stored), { ok: true, test: written });
});

test('nothing behind a field is no field; what is no field stays, to be refused', () => {
  const spec = { ...written.spec, interval: null, schedule: null, intervall: null };
  assert.deepEqual(cleanManifest({ ...written, spec })['spec'], { ...written.spec, intervall: null });
});

test('what is handed in stays as it is', () => {
  const given = { ...written, status: {} };
  cleanManifest(given);
  assert.deepEqual(Object.keys(given), ['apiVersion', 'kind', 'metadata', 'spec', 'status']);
});
