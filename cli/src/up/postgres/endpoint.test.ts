import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseEndpoint, databaseUrl } from './endpoint.ts';

test('a socket where its path fits, else a port of this machine', async () => {
  assert.deepEqual(await chooseEndpoint('/var/lib/streamswarm/postgres/data'), {
    kind: 'socket',
    folder: '/var/lib/streamswarm/postgres/data',
  });
  const long = await chooseEndpoint(`/srv/${'long/'.repeat(20)}data`);
  assert.ok(long.kind === 'port' && long.port > 0);
});

test('the address survives spaces and odd characters', () => {
  const url = new URL(databaseUrl({ kind: 'socket', folder: '/home/a b/ü' }, 'streamswarm', 'p@s/w'));
  assert.equal(url.searchParams.get('host'), '/home/a b/ü');
  assert.equal(decodeURIComponent(url.password), 'p@s/w');
});
