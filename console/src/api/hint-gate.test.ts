import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createHintGate } from './hint-gate.ts';

test('the first hint passes at once, the next of its kind a quarter of a second later', () => {
  const gate = createHintGate();
  gate.add({ entity: 'tests', key: 'a/b' });
  assert.equal(gate.dueMs(1_000), 1_000);
  assert.deepEqual(gate.take(1_000), [{ entity: 'tests', key: 'a/b' }]);
  gate.add({ entity: 'tests', key: 'a/b' });
  assert.equal(gate.dueMs(1_010), 1_250);
  assert.deepEqual(gate.take(1_249), []);
  assert.equal(gate.take(1_250).length, 1);
  assert.equal(gate.dueMs(1_250), null);
});

test('the same hint waits once, and results wait longer than events', () => {
  const gate = createHintGate();
  gate.add({ entity: 'results', key: null });
  gate.take(0);
  for (let i = 0; i < 50; i++) gate.add({ entity: 'results', key: null });
  gate.add({ entity: 'events', key: null });
  assert.deepEqual(gate.take(1), [{ entity: 'events', key: null }]);
  assert.equal(gate.dueMs(1), 2_000);
  assert.equal(gate.take(2_000).length, 1);
});

test('too many different hints become one for each kind', () => {
  const gate = createHintGate();
  for (let i = 0; i <= 1_000; i++) gate.add({ entity: 'results', key: `n/${i}` });
  assert.deepEqual(gate.take(0), [
    { entity: 'tests', key: null },
    { entity: 'agents', key: null },
    { entity: 'events', key: null },
    { entity: 'results', key: null },
  ]);
});
