import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accounting } from '../../fixtures/morning.ts';
import { TESTS, TOTAL } from '../../fixtures/tests.ts';
import { addsUp, sumBooks } from './books.ts';

test('the foot of every fixture adds up', () => {
  const total = accounting({});
  assert.deepEqual(sumBooks([total]), TOTAL);
  assert.deepEqual(sumBooks(TESTS.map((each) => each.books)), TOTAL);
  for (const { namespace, name, books } of TESTS) {
    assert.ok(addsUp(books), name);
    const alone = accounting({ namespace, test: name });
    assert.deepEqual(sumBooks([alone]), books, name);
    assert.deepEqual(sumBooks(alone.agents), books, `${name} by agent`);
  }
  assert.deepEqual(sumBooks(total.agents), TOTAL);
});
