import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { openKubeClient } from '@streamswarm/operator/kube/kube-client';
import {
  isAlreadyExists,
  isConflict,
  isForbidden,
  isInvalid,
  isNotFound,
  isUnauthorized,
  isUnreachable,
  KubeError,
} from '@streamswarm/operator/kube/kube-error';
import {
  CONFIG_MAPS,
  type Draft,
  type KubeObject,
  NAMESPACES,
  NODES,
  STREAM_TESTS,
} from '@streamswarm/operator/kube/objects';
import { startWatchCache } from '@streamswarm/operator/kube/watch-cache';
import pino from 'pino';
import { startControlPlane } from '../../support/cluster/control-plane.ts';
import { needsControlPlane } from '../../support/cluster/lab-needs.ts';
import { activeResources, leftBehind } from './resources.ts';
import { installWidgets, WIDGETS } from './widgets.ts';

interface ConfigMap extends KubeObject {
  readonly data?: Readonly<Record<string, string>>;
}

const logger = pino({ level: 'silent' });
const at = (name: string): { namespace: string; name: string } => ({ namespace: 'default', name });
const configMap = (name: string, data: Record<string, string>): Draft => ({ metadata: at(name), data });

test('the client against a real API server', async (t) => {
  if (!needsControlPlane(t)) return;
  const plane = await startControlPlane();
  const client = openKubeClient({ kubeconfigPath: plane.kubeconfigPath, logger });
  t.after(async () => {
    await client.close();
    await plane.stop();
  });

  await t.test('create, get, merge-patch, remove', async () => {
    const made = await client.create<ConfigMap>(CONFIG_MAPS, configMap('one', { a: '1' }));
    await assert.rejects(client.create(CONFIG_MAPS, configMap('one', {})), isAlreadyExists);
    const patched = await client.mergePatch<ConfigMap>(CONFIG_MAPS, at('one'), { data: { a: null, b: '2' } });
    assert.deepEqual(patched.data, { b: '2' });
    assert.deepEqual(await client.get(CONFIG_MAPS, at('one')), patched);
    await assert.rejects(client.mergePatch(CONFIG_MAPS, at('none'), { data: {} }), isNotFound);
    assert.equal(await client.remove(CONFIG_MAPS, at('one'), { uid: 'another' }), false);
    const stale = { uid: made.metadata.uid, resourceVersion: made.metadata.resourceVersion };
    await assert.rejects(client.remove(CONFIG_MAPS, at('one'), stale), isConflict);
    assert.equal(await client.remove(CONFIG_MAPS, at('one'), { uid: made.metadata.uid }), true);
    assert.equal(await client.remove(CONFIG_MAPS, at('one')), false);
    assert.equal(await client.get(CONFIG_MAPS, at('one')), null);
  });

  await t.test('server-side apply: owners, force, dry run, an equal apply, a condition', async () => {
    const mine = { fieldManager: 'me' };
    const made = await client.apply<ConfigMap>(CONFIG_MAPS, configMap('two', { a: '1', b: '1' }), mine);
    const again = await client.apply(CONFIG_MAPS, configMap('two', { a: '1', b: '1' }), mine);
    assert.equal(
      again.metadata.resourceVersion,
      made.metadata.resourceVersion,
      'an equal apply writes nothing',
    );
    const less = await client.apply<ConfigMap>(CONFIG_MAPS, configMap('two', { a: '1' }), mine);
    assert.deepEqual(less.data, { a: '1' }, 'what is no longer applied goes');
    const theirs = configMap('two', { a: '9' });
    await assert.rejects(client.apply(CONFIG_MAPS, theirs, { fieldManager: 'other' }), (error) => {
      assert.ok(isConflict(error));
      assert.equal(error.causes[0]?.field, '.data.a');
      return true;
    });
    const tried = await client.apply<ConfigMap>(CONFIG_MAPS, theirs, {
      fieldManager: 'other',
      force: true,
      dryRun: true,
    });
    assert.deepEqual(tried.data, { a: '9' });
    const kept = await client.get<ConfigMap>(CONFIG_MAPS, at('two'));
    assert.deepEqual(kept?.data, { a: '1' }, 'a dry run stores nothing');
    const onVersion = (resourceVersion: string): Promise<KubeObject> =>
      client.apply(CONFIG_MAPS, { metadata: { ...at('two'), resourceVersion }, data: { a: '2' } }, mine);
    await assert.rejects(onVersion(made.metadata.resourceVersion), isConflict);
    await onVersion(kept?.metadata.resourceVersion ?? '');
  });

  await t.test(
    'apply of a status: on condition of the version, never of an object that is gone',
    async () => {
      await installWidgets(client);
      const made = await client.create(WIDGETS, { metadata: at('web'), spec: { size: 'small' } });
      const status = (resourceVersion: string): Draft => ({
        metadata: { ...at('web'), resourceVersion },
        status: { state: 'Running' },
      });
      const write = { fieldManager: 'me', subresource: 'status' } as const;
      const written = await client.apply(WIDGETS, status(made.metadata.resourceVersion), write);
      assert.notEqual(written.metadata.resourceVersion, made.metadata.resourceVersion);
      const equal = await client.apply(WIDGETS, status(written.metadata.resourceVersion), write);
      assert.equal(equal.metadata.resourceVersion, written.metadata.resourceVersion);
      await assert.rejects(client.apply(WIDGETS, status(made.metadata.resourceVersion), write), isConflict);
      await client.remove(WIDGETS, at('web'));
      await assert.rejects(
        client.apply(WIDGETS, status(written.metadata.resourceVersion), write),
        isNotFound,
      );
      assert.equal(await client.get(WIDGETS, at('web')), null);
      // Not so the object itself: an apply makes what is not there, whatever version it names.
      await client.apply(
        WIDGETS,
        { metadata: { ...at('web'), resourceVersion: '1' } },
        { fieldManager: 'me' },
      );
      assert.notEqual(await client.get(WIDGETS, at('web')), null);
    },
  );

  await t.test('a list comes page by page, of all namespaces or one, by labels and fields', async () => {
    await client.create(NAMESPACES, { metadata: { name: 'pages' } });
    for (let n = 0; n < 7; n++)
      await client.create(CONFIG_MAPS, {
        metadata: { namespace: 'pages', name: `page-${n}`, labels: { parity: n % 2 === 0 ? 'even' : 'odd' } },
      });
    const names = async (options: object): Promise<string[]> =>
      (await client.list(CONFIG_MAPS, { pageSize: 2, ...options })).items.map(
        ({ metadata }) => metadata.name,
      );
    assert.deepEqual(
      await names({ namespace: 'pages' }),
      Array.from({ length: 7 }, (_, n) => `page-${n}`),
    );
    assert.deepEqual(await names({ labelSelector: 'parity=odd' }), ['page-1', 'page-3', 'page-5']);
    assert.deepEqual(await names({ fieldSelector: 'metadata.name=page-4' }), ['page-4']);
    const { items } = await client.list(CONFIG_MAPS);
    assert.ok(items.length > 7);
    assert.ok(items.every(({ kind, apiVersion }) => kind === 'ConfigMap' && apiVersion === 'v1'));
  });

  await t.test('refusals say what and why', async () => {
    await assert.rejects(client.create(NAMESPACES, { metadata: { name: 'Not A Name' } }), (error) => {
      assert.ok(isInvalid(error));
      assert.equal(error.causes[0]?.field, 'metadata.name');
      assert.match(error.message, /^POST \/api\/v1\/namespaces: .*lowercase/);
      return true;
    });
    // No CRD is installed here: the kind itself is missing, which must not look like a missing object.
    await assert.rejects(client.get(STREAM_TESTS, at('x')), isNotFound);
    const nobody = openKubeClient({ kubeconfigPath: plane.kubeconfigOf('nobody'), logger });
    await assert.rejects(nobody.list(NODES), isForbidden);
    await nobody.close();
  });

  await t.test('credentials are read again once they are refused', async () => {
    const path = `${plane.kubeconfigPath}.rotating`;
    const text = readFileSync(plane.kubeconfigPath, 'utf8');
    writeFileSync(path, text.replace(plane.adminToken, 'expired'));
    const rotating = openKubeClient({ kubeconfigPath: path, logger });
    await assert.rejects(rotating.list(NODES), isUnauthorized);
    writeFileSync(path, text);
    await rotating.list(NODES);
    await rotating.close();
  });

  await t.test(
    'a request has a time limit, also while the API server is frozen, and a stop does not wait',
    async () => {
      const before = activeResources();
      const impatient = openKubeClient({ kubeconfigPath: plane.kubeconfigPath, logger });
      await plane.faults.freezeApiServer();
      const cache = startWatchCache({ client: impatient, resource: NODES, logger });
      await assert.rejects(
        impatient.create(CONFIG_MAPS, configMap('late', {}), { timeoutMs: 300 }),
        (error) => isUnreachable(error) && /did not answer within 0.3 s/.test(error.message),
      );
      await cache.stop();
      await assert.rejects(cache.synced, /stopped before it had synced/);
      const cut = assert.rejects(impatient.list(NODES), isUnreachable);
      await impatient.close();
      await cut;
      assert.deepEqual(await leftBehind(before), {});
      await plane.faults.thawApiServer();
      await assert.rejects(
        impatient.list(NODES),
        (error) => error instanceof KubeError && error.status === 0,
      );
    },
  );

  await t.test('what a handler throws harms nobody, and objects cannot be changed', async () => {
    const cache = startWatchCache<ConfigMap>({ client, resource: CONFIG_MAPS, namespace: 'pages', logger });
    await cache.synced;
    cache.onChange(() => {
      throw new Error('a bad handler');
    });
    const heard = Promise.withResolvers<string>();
    const first: string[] = [];
    const unsubscribe = cache.onChange(({ type, object }) => {
      if (object.metadata.name === 'fresh') heard.resolve(type);
      else first.push(type);
    });
    assert.deepEqual(new Set(first), new Set(['added']));
    assert.equal(first.length, 7);
    await client.create(CONFIG_MAPS, { metadata: { namespace: 'pages', name: 'fresh' }, data: { a: '1' } });
    assert.equal(await heard.promise, 'added');
    const fresh = cache.get('pages', 'fresh');
    assert.equal(fresh, cache.getByUid(fresh?.metadata.uid ?? ''));
    assert.throws(() => Object.assign(fresh?.data ?? {}, { a: '2' }), TypeError);
    assert.ok(cache.lastHeardMs() < 60_000);
    unsubscribe();
    await cache.stop();
    assert.equal(cache.list().length, 8, 'what was known can still be read');
  });
});
