import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { putIntoCache, takeFromCache } from './build-cache.mjs';
import { contentHash } from './content-hash.mjs';

/** @param {import('node:test').TestContext} t */
function folder(t) {
  const dir = mkdtempSync(join(tmpdir(), 'streamswarm bootstrap '));
  t.after(() => rmSync(dir, { recursive: true }));
  return dir;
}

test('a hash follows content and names, not the place or what is left out', (t) => {
  const dir = folder(t);
  const first = join(dir, 'first');
  mkdirSync(join(first, 'src', 'deep'), { recursive: true });
  writeFileSync(join(first, 'src', 'deep', 'a.ts'), 'a');
  writeFileSync(join(first, 'lock.json'), '{}');
  const hash = (/** @type {string} */ root) =>
    contentHash(root, ['src', 'lock.json', 'absent'], (path) => path === 'src/out');
  const before = hash(first);

  cpSync(first, join(dir, 'copy'), { recursive: true });
  mkdirSync(join(dir, 'copy', 'src', 'out'));
  writeFileSync(join(dir, 'copy', 'src', 'out', 'built.js'), 'built');
  assert.equal(hash(join(dir, 'copy')), before);

  writeFileSync(join(first, 'src', 'deep', 'a.ts'), 'b');
  assert.notEqual(hash(first), before);
  writeFileSync(join(first, 'src', 'deep', 'a.ts'), 'a');
  renameSync(join(first, 'src', 'deep', 'a.ts'), join(first, 'src', 'deep', 'b.ts'));
  assert.notEqual(hash(first), before);
});

test('builds come back from the cache; the oldest ones leave it', (t) => {
  const dir = folder(t);
  const cache = join(dir, 'cache');
  const out = join(dir, 'out');
  mkdirSync(out);
  assert.equal(takeFromCache(cache, 'none', join(dir, 'none')), false);
  for (const hash of ['h1', 'h2', 'h3', 'h4', 'h5']) {
    writeFileSync(join(out, 'index.html'), hash);
    putIntoCache(cache, hash, out);
  }
  assert.equal(takeFromCache(cache, 'h5', join(dir, 'again')), true);
  const kept = ['h1', 'h2', 'h3', 'h4', 'h5'].filter((hash) => takeFromCache(cache, hash, join(dir, hash)));
  assert.equal(kept.length, 4);
});

test('a cache that cannot be written costs nothing but time', (t) => {
  const dir = folder(t);
  writeFileSync(join(dir, 'file'), '');
  putIntoCache(join(dir, 'file', 'below-a-file'), 'h', dir);
  assert.equal(takeFromCache(join(dir, 'file', 'below-a-file'), 'h', join(dir, 'out')), false);
});
