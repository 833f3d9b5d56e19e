import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkStreamTest } from '@streamswarm/contract';
import { freeName, type GuideWish, guideManifest, guideName } from './guide-manifest.ts';

const WISH: GuideWish = {
  name: 'My Test (1)',
  destination: 'edge.example.net',
  description: null,
  durationSeconds: 300,
  intervalSeconds: 5,
  startMs: null,
  agentIds: null,
};
const SETTINGS = { pingCount: null, pingTimeoutSeconds: null, traceTimeoutSeconds: null, pageBytes: null };

for (const destination of [
  'edge.example.net',
  '192.0.2.7',
  '2001:db8::1',
  'http://edge.example.net/',
  'https://edge.example.net:8443/health',
]) {
  test(`a test of ${destination} is a good StreamTest, also every second`, () => {
    for (const intervalSeconds of [1, 5, 300]) {
      const manifest = guideManifest({ ...WISH, destination, intervalSeconds }, 'my-test', SETTINGS);
      const checked = checkStreamTest(manifest);
      assert.ok(checked.ok, JSON.stringify(checked));
    }
  });
}

test('the name of the script is kept beside ours', () => {
  assert.equal(guideName(guideManifest(WISH, 'my-test-1', SETTINGS)), 'My Test (1)');
});

test('count and timeout of ping are those of the environment, as far as the interval leaves room', () => {
  const icmp = (intervalSeconds: number) =>
    guideManifest({ ...WISH, intervalSeconds }, 'x', { ...SETTINGS, pingCount: 4, pingTimeoutSeconds: 30 })
      .spec.probes?.[0]?.icmp;
  assert.deepEqual(icmp(60), { count: 4, timeout: '30000ms' });
  // Three gaps of 20 ms, and what is left of a second.
  assert.deepEqual(icmp(1), { count: 4, timeout: '940ms' });
  const manifest = guideManifest({ ...WISH, intervalSeconds: 1 }, 'x', {
    ...SETTINGS,
    pingCount: 4,
    pingTimeoutSeconds: 30,
  });
  assert.ok(checkStreamTest(manifest).ok);
});

test('the route is traced once a minute, and once where the test is shorter', () => {
  const trace = (over: Partial<GuideWish>, traceTimeoutSeconds: number | null = null) => {
    const manifest = guideManifest({ ...WISH, ...over }, 'x', { ...SETTINGS, traceTimeoutSeconds });
    const checked = checkStreamTest(manifest);
    assert.ok(checked.ok, JSON.stringify(checked));
    return manifest.spec.probes?.flatMap((entry) => entry.trace ?? [])[0];
  };
  assert.deepEqual(trace({}), {});
  assert.deepEqual(trace({ durationSeconds: 20 }), { every: '20s' });
  assert.deepEqual(trace({ intervalSeconds: 1, durationSeconds: 1 }, 60), {
    every: '1s',
    timeout: '100ms',
  });
  assert.deepEqual(trace({}, 60), { timeout: '10000ms' }, 'longer no answer is waited for');
  // Thirty hops of three packets, 10 ms apart, and the rest of two seconds.
  assert.deepEqual(trace({}, 2), { timeout: '1100ms' });
});

test('of a page so much is read as the environment says, and it is asked for twice', () => {
  const http = (pageBytes: number | null) =>
    guideManifest(WISH, 'x', { ...SETTINGS, pageBytes }).spec.probes?.flatMap((entry) => entry.http ?? []);
  assert.deepEqual(http(null), [{ requests: 2 }]);
  assert.deepEqual(http(1_048_576), [{ requests: 2, maxBodyBytes: 1_048_576 }]);
});

test('scripts alone: no agent measures', () => {
  const { sources } = guideManifest({ ...WISH, agentIds: [] }, 'x', SETTINGS).spec;
  assert.deepEqual(sources?.agents?.matchExpressions?.[0]?.values, ['none']);
});

for (const [given, taken, name] of [
  ['My Test (1)', [], 'my-test-1'],
  ['Prüfung', [], 'prufung'],
  ['???', [], 'test'],
  ['same', ['same', 'same-2'], 'same-3'],
  ['x'.repeat(70), ['x'.repeat(63)], `${'x'.repeat(61)}-2`],
  [`${'a'.repeat(60)}-----`, [], 'a'.repeat(60)],
] as const) {
  test(`${given} is called ${name}`, () => {
    assert.equal(freeName(given, new Set<string>(taken)), name);
  });
}
