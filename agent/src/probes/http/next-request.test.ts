import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextRequest } from './next-request.ts';

const from = new URL('https://shop.example/a/b?c=1');
const message = {
  method: 'POST',
  headers: [{ name: 'authorization', value: 'x' }],
  body: { text: 'y' },
  family: 'any',
  protocol: 'any',
} as const;
const after = (status: number, location?: string) =>
  nextRequest(from, message, { status, headers: location === undefined ? {} : { location } });

test('what is no redirect, or names no place, is the last answer', () => {
  assert.equal(after(200, '/x'), null);
  assert.equal(after(304, '/x'), null);
  assert.equal(after(302), null);
});

test('a place is read beside the address that was asked', () => {
  const next = after(307, '../c');
  assert.ok(next !== null && 'url' in next);
  assert.equal(next.url.href, 'https://shop.example/c');
  assert.deepEqual(next.message, message);
});

test('a POST becomes a GET without body where RFC 9110 lets it', () => {
  for (const status of [301, 302, 303]) {
    const next = after(status, '/done');
    assert.ok(next !== null && 'url' in next);
    assert.deepEqual([next.message.method, next.message.body], ['GET', null]);
  }
});

test('another origin gets neither fields nor body', () => {
  const next = after(308, 'https://other.example/');
  assert.ok(next !== null && 'url' in next);
  assert.deepEqual([next.message.method, next.message.headers, next.message.body], ['POST', [], null]);
});

test('what is no web address is refused', () => {
  assert.deepEqual(after(302, 'file:///etc/passwd'), { refused: 'redirect-not-http' });
  assert.deepEqual(after(302, 'https://['), { refused: 'redirect-malformed' });
  assert.deepEqual(after(307, 'http://shop.example/'), { refused: 'redirect-to-plain-http' });
});
