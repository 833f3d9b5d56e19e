import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LIMITS, LoginLimit, networkOf, WINDOW_MS } from './login-limit.ts';

function limitAt() {
  const clock = { ms: 1_000 };
  return { clock, limit: new LoginLimit(() => clock.ms) };
}

test('one name from one place may fail a few times, then waits for the window to end', () => {
  const { clock, limit } = limitAt();
  for (let i = 0; i < LIMITS.nameAndNetwork; i++) assert.equal(limit.attempt('ann', '192.0.2.1'), null);
  assert.equal(limit.attempt('ANN', '192.0.2.1'), WINDOW_MS / 1_000);
  // Somebody else there, and the same name elsewhere, are not locked out by it.
  assert.equal(limit.attempt('bob', '192.0.2.1'), null);
  assert.equal(limit.attempt('ann', '192.0.2.2'), null);
  clock.ms += WINDOW_MS - 1_000;
  assert.equal(limit.attempt('ann', '192.0.2.1'), 1);
  clock.ms += 1_000;
  assert.equal(limit.attempt('ann', '192.0.2.1'), null);
});

test('one place may not try names one after the other, nor by its other addresses of IPv6', () => {
  const { limit } = limitAt();
  const tries = Array.from({ length: LIMITS.network + 1 }, (_, i) =>
    limit.attempt(`user-${i}`, `2001:db8::${i + 1}`),
  );
  assert.deepEqual(
    tries.slice(0, -1),
    Array.from({ length: LIMITS.network }, () => null),
  );
  assert.equal(typeof tries.at(-1), 'number');
  assert.equal(limit.attempt('other', '2001:db8:0:1::1'), null);
});

test('one name is limited over all places', () => {
  const { limit } = limitAt();
  for (let i = 0; i < LIMITS.name; i++) assert.equal(limit.attempt('ann', `198.51.${i}.1`), null);
  assert.equal(typeof limit.attempt('ann', '203.0.113.1'), 'number');
});

test('a good login does not count', () => {
  const { limit } = limitAt();
  for (let i = 0; i < 3 * LIMITS.network; i++) {
    assert.equal(limit.attempt('ann', '192.0.2.1'), null);
    limit.succeeded('ann', '192.0.2.1');
  }
});

test('the network of an address', () => {
  assert.equal(networkOf('192.0.2.1'), '192.0.2.1');
  assert.equal(networkOf('::ffff:192.0.2.1'), '192.0.2.1');
  assert.equal(networkOf('2001:db8:1:2:3:4:5:6'), '2001:db8:1:2');
  assert.equal(networkOf('2001:0db8::1'), '2001:db8:0:0');
  assert.equal(networkOf('::1'), '0:0:0:0');
  assert.equal(networkOf('fe80::1%eth0'), 'fe80:0:0:0');
});
