import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ComparedHop, changedFrom, sameHops } from './same-hops.ts';

const hops = (...addresses: (string | null)[]): ComparedHop[] =>
  addresses.map((address, i) => ({ ttl: i + 1, address }));

test('another address at a TTL is another router, and silence contradicts nothing', () => {
  const now = hops('r1', 'r2', null, 'r4', 'r5');
  const before = { hops: hops('r1', 'x2', 'x3', null), reached: false };
  assert.deepEqual(sameHops(now, before), [true, false, true, true, true]);
  assert.equal(changedFrom(now, before), 2);
  assert.equal(changedFrom(now, { hops: now, reached: true }), null);
});

test('a router that answers from several addresses is the same by any of them', () => {
  const balanced: ComparedHop[] = [{ ttl: 1, address: 'r1', others: ['r2'] }];
  for (const [one, other] of [
    [balanced, hops('r2')],
    [hops('r2'), balanced],
  ] as const) {
    assert.equal(changedFrom(one, { hops: other, reached: false }), null);
  }
});

test('a longer path is another one, unless the destination only lost its first answer', () => {
  const before = { hops: hops('r1', 'end'), reached: true };
  assert.equal(changedFrom(hops('r1', null, 'r3', 'end'), before), 3);
  assert.equal(changedFrom(hops('r1', 'r2', 'end'), before), 2);
  assert.equal(changedFrom(hops('r1', null, 'end'), before), null);
  assert.equal(changedFrom(hops('r1', 'end'), { hops: hops('r1', null, 'end'), reached: true }), null);
  assert.equal(changedFrom(hops('r1', 'end'), { hops: hops('r1', 'r2', 'end'), reached: true }), 2);
});

test('what answers behind the end of a path that did not reach its destination contradicts nothing', () => {
  assert.equal(changedFrom(hops('r1', 'r2', 'end'), { hops: hops('r1'), reached: false }), null);
});
