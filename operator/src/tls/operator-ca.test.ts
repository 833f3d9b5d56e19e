import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { type AddressInfo, createServer } from 'node:net';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { connect } from 'node:tls';
import { pino } from 'pino';
import { makeCa } from './make-ca.ts';
import { openOperatorCa } from './operator-ca.ts';
import { isDueForRenewal, renewLeaf } from './renew-leaf.ts';
import type { CaStore, StoredCa } from './stored-ca.ts';

const NOW_MS = Date.parse('2026-12-01T12:00:00Z');
const DAY_MS = 86_400_000;
const NAMES = { dnsNames: ['streamswarm-operator.streamswarm.svc', 'localhost'], ips: ['127.0.0.1', '::1'] };

function memoryStore(): CaStore & { kept: StoredCa | null } {
  const store = {
    kept: null as StoredCa | null,
    load: async () => store.kept,
    async keep(ca: StoredCa) {
      store.kept ??= ca;
      return store.kept;
    },
  };
  return store;
}

test('the CA is made once; replicas that start at once end with the same one', async () => {
  const store = memoryStore();
  const [one, two] = await Promise.all([
    openOperatorCa(store, () => NOW_MS),
    openOperatorCa(store, () => NOW_MS),
  ]);
  const later = await openOperatorCa(store, () => NOW_MS + 365 * DAY_MS);
  assert.equal(new Set([one.fingerprint, two.fingerprint, later.fingerprint]).size, 1);
  assert.equal(one.fingerprint, new X509Certificate(one.caPem).fingerprint256);
  assert.ok(!one.caPem.includes('PRIVATE'));
});

test('the CA may sign servers only, for ten years', async () => {
  const certificate = new X509Certificate((await makeCa(NOW_MS)).certificatePem);
  assert.equal(certificate.ca, true);
  assert.ok(certificate.verify(certificate.publicKey));
  assert.equal(certificate.publicKey.asymmetricKeyDetails?.namedCurve, 'prime256v1');
  assert.equal(new Date(certificate.validTo).getUTCFullYear(), 2036);
  assert.ok(Date.parse(certificate.validFrom) <= NOW_MS - DAY_MS);
});

test('a leaf stands for its names and addresses and for nothing else, for 90 days', async () => {
  const ca = await openOperatorCa(memoryStore(), () => NOW_MS);
  const leaf = await ca.issueLeaf(NAMES);
  const certificate = new X509Certificate(leaf.certificatePem);
  const authority = new X509Certificate(ca.caPem);
  assert.ok(certificate.verify(authority.publicKey) && certificate.checkIssued(authority));
  assert.equal(certificate.ca, false);
  for (const name of NAMES.dnsNames) assert.equal(certificate.checkHost(name), name);
  for (const ip of NAMES.ips) assert.ok(certificate.checkIP(ip), ip);
  assert.equal(certificate.checkHost('operator'), undefined, 'the subject is no name');
  assert.equal(certificate.checkHost('streamswarm-operator.other.svc'), undefined);
  assert.deepEqual(certificate.keyUsage, ['1.3.6.1.5.5.7.3.1'], 'serverAuth');
  assert.equal(Date.parse(certificate.validTo), NOW_MS + 90 * DAY_MS);
  assert.notEqual(leaf.keyPem, (await ca.issueLeaf(NAMES)).keyPem);
});

test('a leaf does not outlive its CA, and a CA that has ended says what to do', async () => {
  const store = memoryStore();
  await openOperatorCa(store, () => NOW_MS);
  const endMs = Date.parse(new X509Certificate(store.kept?.certificatePem ?? '').validTo);
  const old = await openOperatorCa(store, () => endMs - 5 * DAY_MS);
  assert.equal((await old.issueLeaf(NAMES)).notAfterMs, endMs);
  await assert.rejects(
    openOperatorCa(store, () => endMs + 1),
    /operator_ca/,
  );
});

test('a TLS connection that failed just before does not spoil a leaf', async (t) => {
  const ca = await openOperatorCa(memoryStore(), () => NOW_MS);
  const plain = createServer((socket) => void socket.once('data', () => socket.end('no TLS\r\n')));
  await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
  t.after(() => plain.close());
  const { port } = plain.address() as AddressInfo;
  await new Promise((resolve) => connect({ port, host: '127.0.0.1' }).once('error', resolve));
  assert.ok((await ca.issueLeaf(NAMES)).certificatePem);
});

test('a leaf is renewed before a third of its life is left, and again after a failure', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const leaf = (notBeforeMs: number) => ({
    certificatePem: '',
    keyPem: '',
    notBeforeMs,
    notAfterMs: notBeforeMs + 90,
  });
  assert.deepEqual(
    [59, 60, 61, 100].map((nowMs) => isDueForRenewal(leaf(0), nowMs)),
    [false, false, true, true],
  );
  let nowMs = 0;
  let fails = 1;
  const installed: number[] = [];
  const end = renewLeaf({
    leaf: leaf(0),
    logger: pino({ level: 'silent' }),
    nowMs: () => nowMs,
    issue: async () => {
      if (fails-- > 0) throw new Error('not now');
      return leaf(nowMs);
    },
    install: (next) => installed.push(next.notBeforeMs),
    lookEveryMs: 10,
  });
  for (let ms = 0; ms < 200; ms += 10) {
    nowMs = ms;
    t.mock.timers.tick(10);
    await turn();
  }
  assert.deepEqual(installed, [80, 150]);
  end();
});
