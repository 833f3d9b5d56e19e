import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linear } from './linear.ts';

test('a domain is mapped onto px, upside down too, and a point onto its begin', () => {
  assert.equal(linear([0, 10], [100, 200])(2.5), 125);
  assert.equal(linear([0, 10], [200, 100])(2.5), 175);
  assert.equal(linear([5, 5], [7, 9])(5), 7);
});
