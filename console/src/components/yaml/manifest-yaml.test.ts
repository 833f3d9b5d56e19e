import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manifestYaml } from './manifest-yaml.ts';

test('a manifest reads in the usual order, however it was stored', () => {
  const yaml = manifestYaml({
    spec: {
      interval: '2s',
      probes: [{ tcp: {}, name: 'web', destinations: ['a'] }],
      destinations: [{ url: 'http://127.0.0.1/', name: 'a' }],
      description: 'first',
    },
    kind: 'StreamTest',
    metadata: { namespace: 'default', name: 'hello' },
    apiVersion: 'streamswarm.dev/v1alpha1',
  });
  assert.equal(
    yaml,
    `apiVersion: streamswarm.dev/v1alpha1
kind: StreamTest
metadata:
  name: hello
  namespace: default
spec:
  description: first
  destinations:
    - name: a
      url: http://127.0.0.1/
  probes:
    - name: web
      destinations:
        - a
      tcp: {}
  interval: 2s
`,
  );
});
