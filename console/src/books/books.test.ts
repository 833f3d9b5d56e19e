import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addsUp, magnify, reasonsOf, sumBooks, ZERO } from './books.ts';

/** One hour of a morning: the figures add up by hand to 15,523,200. */
const MORNING = {
  ...ZERO,
  scheduled: 15_523_200,
  ok: 15_502_388,
  lost: 6_411,
  error: 1_204,
  denied: 3_600,
  dropped: 212,
  pending: 9_385,
};

test('the books of a morning add up, and a slot that is nowhere shows', () => {
  assert.ok(addsUp(MORNING));
  assert.ok(!addsUp({ ...MORNING, pending: 9_384 }));
  assert.ok(addsUp({ ...MORNING, pending: 9_384, unaccounted: 1 }));
});

test('what is not ok is drawn larger, by the factor that is stated', () => {
  const { notOk, factor, parts, okRatio, notOkRatio } = magnify(MORNING);
  assert.equal(notOk, 20_812);
  assert.equal(Math.round(factor ?? 0), 746);
  assert.equal(((okRatio ?? 0) * 100).toFixed(3), '99.866');
  assert.equal((notOkRatio * 100).toFixed(3), '0.134');
  assert.deepEqual(
    parts.map((part) => part.outcome),
    ['lost', 'error', 'denied', 'dropped', 'pending'],
  );
  assert.ok(Math.abs(parts.reduce((sum, part) => sum + part.share, 0) - 1) < 1e-12);
});

test('nothing scheduled is not 0 % ok', () => {
  assert.deepEqual(magnify(ZERO), { okRatio: null, notOk: 0, notOkRatio: 0, factor: null, parts: [] });
});

test('books of several tests are summed outcome by outcome', () => {
  const sum = sumBooks([MORNING, { ...ZERO, scheduled: 3, ok: 1, lost: 2 }]);
  assert.equal(sum.lost, 6_413);
  assert.equal(sum.scheduled, 15_523_203);
  assert.ok(addsUp(sum));
});

test('reasons belong to their outcome, the largest first', () => {
  const reasons = { 'dropped.busy': 2, 'dropped.down': 390, 'dropped.gone': 0, 'pending.young': 1 };
  assert.deepEqual(reasonsOf(reasons, 'dropped'), [
    { reason: 'down', slots: 390 },
    { reason: 'busy', slots: 2 },
  ]);
});
