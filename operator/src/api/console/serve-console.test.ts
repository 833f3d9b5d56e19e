import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Api } from '../api-instance.ts';
import { fakeApp } from '../testing/fake-app.ts';
import { fakeServices } from '../testing/fake-services.ts';

const FILES = {
  'index.html': '<!doctype html><script>alert(1)</script>',
  '404.html': '<!doctype html><p>nothing',
  'tests/index.html': '<!doctype html><p>tests',
  'tests/view/index.html': '<!doctype html><p>one test',
  'tests/view/index.txt': 'payload',
  '_next/static/chunks/a-1f.js': 'export {}',
};
let folder: string;
let app: Api;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'streamswarm console '));
  for (const [name, text] of Object.entries(FILES)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  app = await fakeApp(fakeServices(), folder);
});
after(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

test('pages are served with a policy of their own', async () => {
  const page = await app.inject('/');
  assert.deepEqual([page.statusCode, page.body], [200, FILES['index.html']]);
  const policy = String(page.headers['content-security-policy']);
  assert.ok(policy.includes("'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"), policy);
  assert.ok(policy.includes("frame-ancestors 'none'"));
  assert.equal(page.headers['x-content-type-options'], 'nosniff');
  assert.equal(page.headers['cache-control'], 'no-cache');
  const other = await app.inject('/tests/');
  assert.ok(!String(other.headers['content-security-policy']).includes('sha256'));
});

test('a folder without its slash leads to the page', async () => {
  const { statusCode, headers } = await app.inject('/tests');
  assert.deepEqual([statusCode, headers.location], [301, '/tests/']);
});

test('files named by their content are kept for ever', async () => {
  const { headers } = await app.inject('/_next/static/chunks/a-1f.js');
  assert.equal(headers['cache-control'], 'public, max-age=31536000, immutable');
  assert.match(String(headers['content-type']), /javascript/);
});

test('a test by name leads to its page; files of that form win', async () => {
  const named = await app.inject('/tests/shop/shop-to-edge');
  assert.deepEqual([named.statusCode, named.headers.location], [302, '/tests/view/?test=shop/shop-to-edge']);
  assert.equal((await app.inject('/tests/view/index.txt')).body, 'payload');
  assert.equal((await app.inject('/tests/Shop/x')).statusCode, 404);
});

test('an agent by name leads to its page', async () => {
  const named = await app.inject('/agents/factory-7.gw');
  assert.deepEqual([named.statusCode, named.headers.location], [302, '/agents/view/?agent=factory-7.gw']);
  assert.equal((await app.inject('/agents/a/b')).statusCode, 404);
});

test('what is not there is a page for people and a problem for programs', async () => {
  const page = await app.inject({ url: '/nothing', headers: { accept: 'text/html,*/*' } });
  assert.deepEqual([page.statusCode, page.body], [404, FILES['404.html']]);
  const problem = await app.inject('/nothing');
  assert.deepEqual([problem.statusCode, problem.json().code], [404, 'not-found']);
  for (const url of ['/../package.json', '/%2e%2e/package.json', '/..%2fpackage.json', '/tests/view/.env'])
    assert.equal((await app.inject(url)).statusCode === 200, false, url);
});

test('without pages the first page says how to build them', async () => {
  const bare = await fakeApp(fakeServices(), join(folder, 'tests'));
  assert.equal((await bare.inject('/')).statusCode, 200);
  await bare.close();
  const none = await fakeApp(fakeServices(), join(folder, 'missing'));
  assert.match((await none.inject('/')).body, /npm run build/);
  assert.equal((await none.inject('/tests/shop/x')).statusCode, 404);
  await none.close();
});
