import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ObjectSet } from './object-set.ts';
import type { KubeObject } from './objects.ts';

function made(name: string, uid: string, resourceVersion: string): KubeObject {
  return { metadata: { namespace: 'shop', name, uid, resourceVersion } };
}

/** `type name uid` of each change. */
function told(changes: { type: string; object: KubeObject }[]): string[] {
  return changes.map(({ type, object }) => `${type} ${object.metadata.name} ${object.metadata.uid}`);
}

function filled(): ObjectSet<KubeObject> {
  const set = new ObjectSet<KubeObject>();
  set.replace([made('a', 'a1', '1'), made('b', 'b1', '2')]);
  return set;
}

test('a list tells what is new, changed, gone, and what was made anew under its old name', () => {
  const set = filled();
  const changes = set.replace([made('a', 'a2', '5'), made('c', 'c1', '6')]);
  assert.deepEqual(told(changes), ['deleted b b1', 'deleted a a1', 'added a a2', 'added c c1']);
  assert.deepEqual(told(set.replace([made('a', 'a2', '7'), made('c', 'c1', '6')])), ['changed a a2']);
  assert.equal(set.getByUid('a1'), null);
  assert.equal(set.getByUid('a2'), set.get('shop', 'a'));
});

test('a watch event tells the same', () => {
  const set = filled();
  assert.deepEqual(told(set.take({ type: 'ADDED', object: made('a', 'a1', '1') })), [], 'heard before');
  assert.deepEqual(told(set.take({ type: 'MODIFIED', object: made('a', 'a1', '3') })), ['changed a a1']);
  const anew = set.take({ type: 'ADDED', object: made('b', 'b2', '4') });
  assert.deepEqual(told(anew), ['deleted b b1', 'added b b2'], 'its deletion was not heard');
  const [gone] = set.take({ type: 'DELETED', object: made('a', 'a1', '5') });
  assert.equal(gone?.object.metadata.resourceVersion, '5', 'the last state is the one of the event');
  assert.equal(gone?.before?.metadata.resourceVersion, '3');
  assert.deepEqual(set.take({ type: 'DELETED', object: made('a', 'a1', '5') }), []);
});

test('a deletion that is heard of a predecessor takes the name, as the API server says', () => {
  const set = filled();
  assert.deepEqual(told(set.take({ type: 'DELETED', object: made('a', 'a0', '9') })), ['deleted a a1']);
});

test('what is kept is frozen through and through, without managedFields', () => {
  const set = new ObjectSet<KubeObject & { spec: { list: { deep: number }[] } }>();
  const object = { ...made('a', 'a1', '1'), spec: { list: [{ deep: 1 }] } };
  Object.assign(object.metadata, { managedFields: [{}] });
  set.replace([object]);
  const kept = set.get('shop', 'a');
  assert.ok(kept !== null);
  assert.ok(Object.isFrozen(kept) && Object.isFrozen(kept.metadata) && Object.isFrozen(kept.spec.list[0]));
  assert.equal('managedFields' in kept.metadata, false);
});
