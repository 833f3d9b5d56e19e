import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createHintQueue, MAX_HINTS } from './hint-queue.ts';

test('hints of one entity and key are one', () => {
  const queue = createHintQueue();
  queue.add({ entity: 'results', key: 'a/x' });
  queue.add({ entity: 'results', key: 'a/x' });
  queue.add({ entity: 'tests', key: 'a/x' });
  assert.deepEqual(queue.take(), [
    { entity: 'results', key: 'a/x' },
    { entity: 'tests', key: 'a/x' },
  ]);
  assert.equal(queue.size, 0);
});

test('"all of them" makes single ones needless', () => {
  const queue = createHintQueue();
  queue.add({ entity: 'tests', key: null });
  queue.add({ entity: 'tests', key: 'a/x' });
  assert.deepEqual(queue.take(), [{ entity: 'tests', key: null }]);
});

test('more than the limit becomes "everything", and stays so until taken', () => {
  const queue = createHintQueue();
  for (let i = 0; i <= MAX_HINTS; i++) queue.add({ entity: 'results', key: `n/${i}` });
  queue.add({ entity: 'results', key: 'n/again' });
  assert.deepEqual(
    queue.take(),
    ['tests', 'agents', 'results', 'events'].map((entity) => ({ entity, key: null })),
  );
});
