import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ConnectionEvent, heldAt, NEW_CONNECTION, nextConnection } from './connection-state.ts';

const after = (...events: ConnectionEvent[]) => events.reduce(nextConnection, NEW_CONNECTION);
const failed = (atMs: number): ConnectionEvent => ({ type: 'failed', atMs, what: 'GET /x', outcome: '503' });

test('a failure holds the screen at the last answer and says when the next try is', () => {
  const state = after({ type: 'answered', atMs: 100 }, failed(200), failed(5_200));
  assert.equal(heldAt(state), 100);
  assert.equal(state.failingSinceMs, 200);
  assert.equal(state.nextTryMs, 10_200);
  assert.deepEqual(
    state.attempts.map((attempt) => attempt.atMs),
    [5_200, 200],
  );
});

test('requests of one screen that fail together are one try', () => {
  const failures = [200, 210, 900, 5_200, 5_250, 10_200].map(failed);
  assert.equal(after(...failures).tries, 3);
  const many = Array.from({ length: 40 }, (_, i) => failed(i * 5_000));
  assert.deepEqual([after(...many).tries, after(...many).attempts.length], [40, 12]);
  assert.equal(after(...failures, { type: 'answered', atMs: 11_000 }, failed(12_000)).tries, 1);
});

test('the first answer makes it live again and forgets the failures', () => {
  const state = after(failed(200), { type: 'answered', atMs: 300 });
  assert.equal(heldAt(state), null);
  assert.deepEqual(state.attempts, []);
});

test('the clock moves only by what cannot be the way of an answer', () => {
  assert.equal(after({ type: 'clock', offsetMs: 499 }).clockOffsetMs, 0);
  assert.equal(after({ type: 'clock', offsetMs: -90_000 }).clockOffsetMs, -90_000);
});

test('what an earlier visit left is shown as old as it is, and never newer than a true answer', () => {
  assert.equal(heldAt(after(failed(9_000), { type: 'recalled', atMs: 100 })), 100);
  const answered = after({ type: 'answered', atMs: 8_000 }, failed(9_000), { type: 'recalled', atMs: 100 });
  assert.equal(heldAt(answered), 8_000);
});
