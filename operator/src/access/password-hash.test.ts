import assert from 'node:assert/strict';
import { scryptSync } from 'node:crypto';
import { test } from 'node:test';
import { COST, hashPassword, isPassword, NOBODY_HASH, TooManyPasswords } from './password-hash.ts';

const CHEAP = { N: 16, r: 1, p: 1 };

test('a hash carries its parameters and salt, and is what scrypt gives for them', async () => {
  const stored = await hashPassword('correct horse battery');
  const [kind, N, r, p, salt = '', key] = stored.split('$');
  assert.deepEqual([kind, Number(N), Number(r), Number(p)], ['scrypt', COST.N, COST.r, COST.p]);
  const bytes = Buffer.from(salt, 'base64url');
  assert.equal(bytes.length, 16);
  const again = scryptSync('correct horse battery', bytes, 32, { ...COST, maxmem: 2 ** 28 });
  assert.equal(key, again.toString('base64url'));
});

test('only the password fits, also by a hash of another cost', async () => {
  const stored = await hashPassword('correct horse battery', CHEAP);
  assert.equal(await isPassword('correct horse battery', stored), true);
  for (const wrong of ['Correct horse battery', 'correct horse battery ', '', 'correct']) {
    assert.equal(await isPassword(wrong, stored), false, wrong);
  }
  assert.notEqual(await hashPassword('correct horse battery', CHEAP), stored);
});

test('a letter with its accent apart is the same letter', async () => {
  const stored = await hashPassword('caf\u00e9 am eck', CHEAP);
  assert.equal(await isPassword('cafe\u0301 am eck', stored), true);
});

test('the hash of nobody fits nothing', async () => {
  assert.equal(await isPassword('', NOBODY_HASH), false);
});

test('more than a few at once are turned away, and those there are go on', async () => {
  const all = await Promise.allSettled(Array.from({ length: 40 }, () => hashPassword('x', CHEAP)));
  const refused = all.filter((one) => one.status === 'rejected');
  assert.equal(refused.length, 40 - 17);
  assert.ok(refused.every(({ reason }) => reason instanceof TooManyPasswords));
  assert.match(await hashPassword('x', CHEAP), /^scrypt/);
});
