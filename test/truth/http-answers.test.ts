import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { httpSettings } from '@streamswarm/contract';
import { runHttp } from '../../agent/src/probes/http/run-http.ts';
import { freePort } from '../support/free-port.ts';
import { ownReach } from '../support/phases/own-reach.ts';

const requests: { url: string; headers: Record<string, unknown>; method: string }[] = [];
const page = 'x'.repeat(10_000);

const answer: RequestListener = (request, response) => {
  const { url = '', headers, method = '' } = request;
  requests.push({ url, headers, method });
  if (url === '/gzip') response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(page));
  else if (url === '/liar') response.writeHead(200, { 'content-encoding': 'gzip' }).end('plain');
  else if (url === '/hop') response.writeHead(302, { location: '/hop2' }).end();
  else if (url === '/hop2')
    response.writeHead(307, { location: `http://other.example:${portOf(request)}/end` }).end();
  else if (url === '/loop') response.writeHead(302, { location: '/loop' }).end();
  else if (url === '/metadata') response.writeHead(302, { location: 'http://0xA9FEA9FE/latest' }).end();
  else if (url === '/busy') response.writeHead(503, { 'server-timing': 'db;dur=12.5' }).end('later');
  else if (url === '/stalled') response.writeHead(200).write('a');
  else response.writeHead(200, { age: '7' }).end('hello');
};
const portOf = (request: { socket: { localPort?: number | undefined } }): number =>
  request.socket.localPort ?? 0;

test('HTTP: what is answered is told as it is', async (t) => {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const denial = (address: string): string | null =>
    address === '169.254.169.254' ? 'metadata-address' : null;
  const reach = ownReach('127.0.0.1', { denial });
  const ask = async (path: string, options: Record<string, unknown> = {}, at = port) => {
    requests.length = 0;
    return await runHttp(new URL(`http://shop.example:${at}${path}`), httpSettings(options, 2_000), reach);
  };
  const metrics = async (path: string, options: Record<string, unknown> = {}) => {
    const outcome = await ask(path, options);
    assert.ok(outcome.outcome !== 'denied');
    return outcome;
  };

  await t.test('a plain page', async () => {
    const { outcome, metrics: found, nulls, address } = await metrics('/');
    assert.equal(outcome, 'ok');
    assert.equal(address, '127.0.0.1');
    assert.deepEqual(
      [
        'status_code',
        'responses_2xx',
        'redirects',
        'body_bytes',
        'compression_ratio',
        'cache_hit_ratio',
        'protocol',
      ].map((name) => found[name]),
      [200, 1, 0, 5, 1, 1, 'http/1.1'],
    );
    assert.deepEqual([found['tls_seconds'], nulls?.['tls_seconds']], [null, 'not-applicable']);
  });

  await t.test('bytes on the wire and decoded', async () => {
    const { metrics: found } = await metrics('/gzip');
    const encoded = gzipSync(page).length;
    assert.deepEqual([found['body_bytes'], found['encoding']], [encoded, 'gzip']);
    assert.equal(found['compression_ratio'], page.length / encoded);
    const { outcome, metrics: lie } = await metrics('/liar');
    assert.deepEqual([outcome, lie['compression_ratio']], ['ok', null]);
  });

  await t.test('redirects: followed so far as asked, and foreign origins get no fields', async () => {
    const headers = [{ name: 'Authorization', value: 'canary' }];
    const first = await metrics('/hop', { headers });
    assert.deepEqual([first.metrics['status_code'], first.metrics['redirects']], [302, 0]);
    const all = await metrics('/hop', { headers, follow: 5 });
    assert.deepEqual(
      ['status_code', 'redirects', 'responses_3xx', 'responses_2xx'].map((name) => all.metrics[name]),
      [200, 2, 2, 1],
    );
    assert.deepEqual(
      requests.map(({ url, headers: got }) => [url, got['authorization']]),
      [
        ['/hop', 'canary'],
        ['/hop2', 'canary'],
        ['/end', undefined],
      ],
    );
    const loop = await metrics('/loop', { follow: 3 });
    assert.deepEqual([loop.metrics['redirects'], loop.metrics['status_code']], [3, 302]);
  });

  await t.test('a redirect to where nothing may be sent is denied, however it is written', async () => {
    assert.deepEqual(await ask('/metadata', { follow: 1 }), {
      outcome: 'denied',
      reason: 'metadata-address',
    });
  });

  await t.test('what was not expected is an error of the target', async () => {
    const busy = await metrics('/busy');
    assert.deepEqual([busy.outcome, busy.source, busy.reason], ['error', 'target', 'status-503']);
    assert.equal(busy.metrics['server_db_seconds'], 0.0125);
    assert.equal((await metrics('/busy', { expectStatus: [503] })).outcome, 'ok');
    assert.equal((await metrics('/', { expectBody: 'ell' })).outcome, 'ok');
    const { outcome, reason } = await metrics('/', { expectBody: 'goodbye' });
    assert.deepEqual([outcome, reason], ['error', 'body-unexpected']);
  });

  await t.test('a page that stops half way is told apart from silence', async () => {
    const stalled = await metrics('/stalled', { timeout: '300ms' });
    assert.deepEqual([stalled.outcome, stalled.reason], ['error', 'timeout-download']);
    assert.equal(typeof stalled.metrics['ttfb_seconds'], 'number');
    assert.equal(stalled.metrics['download_seconds'], null);
    const refused = await ask('/', {}, await freePort());
    assert.deepEqual([refused.outcome, refused.reason], ['error', 'refused']);
    const mute = createTcpServer((socket) => void socket.on('error', () => undefined)).listen(0, '127.0.0.1');
    await once(mute, 'listening');
    const silent = await ask('/', { timeout: '200ms' }, (mute.address() as AddressInfo).port);
    assert.deepEqual([silent.outcome, silent.reason], ['error', 'timeout-ttfb']);
    mute.close();
  });
});
