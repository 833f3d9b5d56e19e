import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SlowPhases, type StreamTest, schemaProblems } from '@streamswarm/contract';
import type { Selection } from '../store/queries/results/selection.ts';
import { fakeApp } from './testing/fake-app.ts';
import { fakeServices, HELLO, NOW_MS } from './testing/fake-services.ts';

const WEB: StreamTest = {
  ...HELLO,
  metadata: { name: 'web', namespace: 'default' },
  spec: { ...HELLO.spec, probes: [{ icmp: {} }, { http: {}, name: 'page' }] },
};

test('phases of the slow requests: what was asked for, and what is no such probe says which are', async () => {
  const asked: Selection[] = [];
  const services = fakeServices({
    async slowPhases(selection, _window, { parts }) {
      asked.push(selection);
      const part = (name: string): number | null => (name === 'ttfb_seconds' ? 0.3 : null);
      const agent = { agent: 'a', requests: 20, near: 1, p95Seconds: 0.4, seconds: 0.4 };
      return { oldestReadMs: NOW_MS - 1, agents: [{ ...agent, parts: parts.map(part) }] };
    },
  });
  await services.tests.apply(WEB, { mode: 'apply', actor: 'test' });
  const app = await fakeApp(services);
  const answer = await app.inject('/api/v1/tests/default/web/phases?probe=page&destination=edge');
  assert.equal(answer.statusCode, 200, answer.body);
  const phases = answer.json() as SlowPhases;
  assert.deepEqual(schemaProblems(SlowPhases, phases), []);
  assert.equal(phases.oldestRead, '2026-12-01T11:59:59.999Z');
  assert.deepEqual(
    phases.agents[0]?.parts.filter(({ seconds }) => seconds !== null),
    [{ metric: 'ttfb_seconds', seconds: 0.3 }],
  );
  assert.deepEqual([asked[0]?.kind, asked[0]?.probe, asked[0]?.destination], ['http', 'page', 'edge']);

  const refused = await app.inject('/api/v1/tests/default/web/phases');
  assert.equal(refused.statusCode, 400);
  assert.match(refused.body, /icmp has no phases: choose one of kind http/);
  await app.close();
});
