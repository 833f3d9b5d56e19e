import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pino } from 'pino';
import type { Admission } from '../agents/session-gate.ts';
import { issueLeaf } from '../tls/issue-leaf.ts';
import { makeCa } from '../tls/make-ca.ts';
import { buildAgentApp } from './agent-app.ts';
import { fakeServices, TOKEN } from './testing/fake-services.ts';

const GATES: Record<string, Admission> = {
  refused: { kind: 'forbidden', detail: 'not you' },
  unknown: { kind: 'unauthenticated', detail: 'who are you' },
  away: { kind: 'unavailable', detail: 'nobody knows' },
};

async function agentApp(services = fakeServices()) {
  const nowMs = Date.now();
  const leaf = await issueLeaf(await makeCa(nowMs), { dnsNames: ['operator'], ips: [] }, nowMs);
  return buildAgentApp(services, {
    logger: pino({ level: 'silent' }),
    gate: async (authorization) =>
      GATES[authorization ?? ''] ?? {
        kind: 'admitted',
        caller: { kind: 'Node', nodeName: 'n', nodeUid: null, podName: null, podUid: 'p' },
      },
    tls: { key: leaf.keyPem, cert: leaf.certificatePem },
  });
}

/** Every route of the listener that others can reach, and who may use it: a new one must be put here on purpose. */
const POLICY: Readonly<Record<string, 'proof' | 'session' | 'anybody'>> = {
  '/agent/v1/session (POST)': 'proof',
  '/agent/v1/plan (GET)': 'session',
  '/agent/v1/batches (POST)': 'session',
  '/healthz (GET)': 'anybody',
  '/readyz (GET)': 'anybody',
};

test('the routes for agents are these, and each asks who is there before it reads anything', async (t) => {
  const { app } = await agentApp();
  t.after(() => app.close());
  await app.ready();
  const printed = app.printRoutes({ commonPrefix: false });
  const routes = [...printed.matchAll(/── (\/\S* \([A-Z, ]+\))/g)].map((match) => match[1] ?? '');
  assert.deepEqual(routes.toSorted(), Object.keys(POLICY).toSorted());
  for (const [route, policy] of Object.entries(POLICY)) {
    const [, url = '', method = ''] = /^(\S+) \((\w+)\)$/.exec(route) ?? [];
    const ask = async (authorization: string | null): Promise<number> => {
      const answer = await app.inject({
        method: method as 'GET',
        url,
        headers: {
          'content-type': 'nobody/reads-this',
          ...(authorization === null ? {} : { authorization }),
        },
        ...(method === 'POST' ? { payload: 'x'.repeat(5_000_000) } : {}),
      });
      return answer.statusCode;
    };
    const wrongs = policy === 'proof' ? ['unknown'] : [null, 'Basic x', 'Bearer nobody', 'Bearer '];
    for (const wrong of wrongs) assert.equal(await ask(wrong), policy === 'anybody' ? 200 : 401, route);
    if (policy === 'proof') assert.deepEqual([await ask('refused'), await ask('away')], [403, 503]);
    // Only now its content type is looked at.
    if (policy === 'session' && method === 'POST') assert.equal(await ask(`Bearer ${TOKEN}`), 415);
  }
});

test('what the services refuse is told with its reason', async (t) => {
  const services = fakeServices();
  const answers = [
    { kind: 'forbidden', detail: 'of another node' },
    { kind: 'superseded', detail: 'a later one is heard' },
  ] as const;
  let asked = 0;
  const { app } = await agentApp({
    ...services,
    agents: { ...services.agents, openSession: async () => answers[asked++] ?? answers[0] },
  });
  t.after(() => app.close());
  const payload = {
    agentId: '00000000-0000-4000-8000-000000000001',
    name: 'a',
    version: '1',
    clockMs: 1,
    platform: { os: 'l', kernel: '6', arch: 'x', cores: 1, memoryBytes: 1 },
    addresses: [],
    capabilities: [],
  };
  for (const [status, code, retryAfter] of [
    [403, 'identity-refused', undefined],
    [409, 'identity-superseded', '5'],
  ]) {
    const answer = await app.inject({ method: 'POST', url: '/agent/v1/session', payload });
    const problem = answer.json() as { code: string };
    assert.deepEqual(
      [answer.statusCode, problem.code, answer.headers['retry-after']],
      [status, code, retryAfter],
    );
  }
});

test('a host of any name may be asked: agents call a service, not this machine', async (t) => {
  const { app } = await agentApp();
  t.after(() => app.close());
  const answer = await app.inject({ url: '/healthz', headers: { host: 'streamswarm-operator.system.svc' } });
  assert.equal(answer.statusCode, 200);
});
