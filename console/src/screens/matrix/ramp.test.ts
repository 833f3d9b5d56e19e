import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CLASSES, classOf, limitsFor } from './ramp.ts';

test('colours of times and shares are the same whatever else is on the screen', () => {
  assert.deepEqual(limitsFor('seconds', [1, 2]), limitsFor('seconds', []));
  assert.deepEqual(limitsFor('ratio', [1]), limitsFor('ratio', []));
  for (const unit of ['seconds', 'ratio']) assert.equal(limitsFor(unit, []).length, CLASSES - 1);
});

test('a value on a limit belongs to the class above it', () => {
  const limits = limitsFor('seconds', []);
  assert.equal(classOf(0, limits), 0);
  assert.equal(classOf(limits[0] ?? 0, limits), 1);
  assert.equal(classOf(limits[6] ?? 0, limits), 7);
  assert.equal(classOf(1_000, limits), 7);
});

test('other units are spread between the least and the most, on a log scale', () => {
  const limits = limitsFor('bytes', [0, 1, 256]);
  assert.deepEqual(limits.map(Math.round), [2, 4, 8, 16, 32, 64, 128]);
  assert.deepEqual(limitsFor('bytes', [7, 7]), []);
  assert.deepEqual(limitsFor('bytes', []), []);
});
