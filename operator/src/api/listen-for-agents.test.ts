import assert from 'node:assert/strict';
import { Agent, request } from 'node:https';
import { test } from 'node:test';
import { setTimeout as after } from 'node:timers/promises';
import { connect } from 'node:tls';
import { pino } from 'pino';
import { makeCa } from '../tls/make-ca.ts';
import { openOperatorCa } from '../tls/operator-ca.ts';
import { listenForAgents } from './listen-for-agents.ts';
import { fakeServices } from './testing/fake-services.ts';

const DAY_MS = 86_400_000;
const NAME = 'streamswarm-operator.system.svc';

test('a certificate is renewed without a restart, and connections that stand go on', async (t) => {
  let aheadMs = -70 * DAY_MS;
  const nowMs = (): number => Date.now() + aheadMs;
  const stored = await makeCa(nowMs());
  const ca = await openOperatorCa({ load: async () => stored, keep: async () => stored }, nowMs);
  const listener = await listenForAgents({
    host: '127.0.0.1',
    port: 0,
    tls: { ca, names: { dnsNames: [NAME], ips: [] }, nowMs, lookEveryMs: 5 },
    gate: async () => ({ kind: 'unauthenticated', detail: 'nobody' }),
    services: fakeServices(),
    logger: pino({ level: 'silent' }),
  });
  t.after(() => listener.stop());
  assert.match(listener.url, /^https:/);
  const trust = { ca: ca.caPem, servername: NAME };
  const kept = new Agent({ keepAlive: true, maxSockets: 1, ...trust });
  t.after(() => kept.destroy());
  const ports = new Set<number | undefined>();
  const ask = (): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const asked = request(`${listener.url}/healthz`, { agent: kept }, (response) => {
        ports.add(response.socket.localPort);
        response.resume().on('end', () => resolve(response.statusCode));
      });
      asked.on('error', reject).end();
    });
  const serial = (): Promise<string> =>
    new Promise((resolve, reject) => {
      const socket = connect(
        { port: Number(new URL(listener.url).port), host: '127.0.0.1', ...trust },
        () => {
          resolve(socket.getPeerCertificate().serialNumber);
          socket.destroy();
        },
      ).on('error', reject);
    });
  assert.equal(await ask(), 200);
  const first = await serial();
  await after(50);
  assert.equal(await serial(), first, 'there is no need yet');
  // 70 days of its 90 have gone.
  aheadMs = 0;
  const endMs = performance.now() + 20_000;
  while ((await serial()) === first) assert.ok(performance.now() < endMs, 'it was never renewed');
  assert.equal(await ask(), 200);
  assert.equal(ports.size, 1, 'on the connection that stood before');
});
