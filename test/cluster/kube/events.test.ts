import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startEventRecorder } from '@streamswarm/operator/kube/event-recorder';
import { openKubeClient } from '@streamswarm/operator/kube/kube-client';
import { CONFIG_MAPS, EVENTS, type KubeObject, NAMESPACES } from '@streamswarm/operator/kube/objects';
import pino from 'pino';
import { startControlPlane } from '../../support/cluster/control-plane.ts';
import { needsControlPlane } from '../../support/cluster/lab-needs.ts';

interface KubeEvent extends KubeObject {
  readonly note: string;
  readonly reason: string;
  readonly series?: { readonly count: number };
  readonly regarding: { readonly uid: string; readonly kind: string; readonly name: string };
}

const logger = pino({ level: 'silent' });

test('events on a real API server', async (t) => {
  if (!needsControlPlane(t)) return;
  const plane = await startControlPlane();
  const client = openKubeClient({ kubeconfigPath: plane.kubeconfigPath, logger });
  t.after(async () => {
    await client.close();
    await plane.stop();
  });
  const metadata = { namespace: 'default', name: 'regarded' };
  const regarding = await client.create(CONFIG_MAPS, { metadata });
  const namespace = await client.get(NAMESPACES, { name: 'default' });
  assert.ok(namespace !== null);
  const by = { client, controller: 'streamswarm-operator', instance: 'test', logger };
  const wish = {
    regarding,
    type: 'Normal',
    reason: 'Started',
    note: 'run 1 started',
    action: 'Start',
  } as const;
  const stored = async (reason: string): Promise<KubeEvent[]> =>
    (await client.list<KubeEvent>(EVENTS)).items.filter((event) => event.reason === reason);

  await t.test('equal events become one series, others stay apart, kubectl shows them', async () => {
    const recorder = startEventRecorder(by);
    recorder.record(wish);
    await recorder.flush();
    for (let n = 0; n < 9; n++) recorder.record(wish);
    recorder.record({ ...wish, note: 'run 2 started' });
    await recorder.stop();
    const events = await stored('Started');
    assert.deepEqual(events.map(({ note, series }) => [note, series?.count ?? 1]).toSorted(), [
      ['run 1 started', 10],
      ['run 2 started', 1],
    ]);
    assert.equal(events[0]?.regarding.uid, regarding.metadata.uid);
    const shown = await plane.kubectl(['describe', 'configmap', 'regarded']);
    assert.match(shown.stdout, /Normal +Started .*run 1 started/);
    assert.match(shown.stdout, /streamswarm-operator/);
  });

  await t.test('a cluster-scoped object and a note that is too long', async () => {
    const recorder = startEventRecorder(by);
    recorder.record({ ...wish, regarding: namespace, reason: 'Long', note: 'ü'.repeat(4_000) });
    await recorder.stop();
    const [event] = await stored('Long');
    assert.equal(event?.metadata.namespace, 'default');
    assert.match(event?.note ?? '', /^ü{500,512}\.\.\.$/);
    assert.deepEqual(recorder.counts(), { written: 1, dropped: 0 });
  });

  await t.test('an object that will not be quiet is cut off, and what is cut off is counted', async () => {
    const recorder = startEventRecorder({ ...by, perObject: { perSecond: 1 / 300, burst: 5 } });
    for (let n = 0; n < 50; n++) recorder.record({ ...wish, reason: 'Spam', note: `spam ${n}` });
    await recorder.stop();
    assert.equal((await stored('Spam')).length, 5);
    assert.deepEqual(recorder.counts(), { written: 5, dropped: 45 });
  });

  await t.test('a refused event is dropped and counted', async () => {
    const recorder = startEventRecorder(by);
    const gone = { ...regarding, metadata: { ...regarding.metadata, namespace: 'no-such-namespace' } };
    recorder.record({ ...wish, regarding: gone, reason: 'Refused' });
    await recorder.stop();
    assert.deepEqual(recorder.counts(), { written: 0, dropped: 1 });
  });

  await t.test('while the API server is away nothing blocks, and it is told on its return', async () => {
    await plane.faults.killApiServer();
    const recorder = startEventRecorder(by);
    for (let n = 0; n < 3; n++) recorder.record({ ...wish, reason: 'Away' });
    await recorder.flush(200);
    assert.equal(recorder.counts().written, 0);
    await plane.faults.startApiServer();
    await recorder.flush(30_000);
    const [event] = await stored('Away');
    assert.equal(event?.series?.count, 3);
    await recorder.stop();
    recorder.record({ ...wish, reason: 'Afterwards' });
    assert.deepEqual(recorder.counts(), { written: 1, dropped: 0 });
  });
});
