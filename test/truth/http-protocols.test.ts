import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createServer as createH2cServer, createSecureServer } from 'node:http2';
import { createServer as createHttps } from 'node:https';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { test } from 'node:test';
import { createServer as createTlsServer } from 'node:tls';
import { httpSettings } from '@streamswarm/contract';
import { runHttp } from '../../agent/src/probes/http/run-http.ts';
import type { ProbeOutcome } from '../../agent/src/probes/probe-outcome.ts';
import { issueLeaf } from '../../operator/src/tls/issue-leaf.ts';
import { makeCa } from '../../operator/src/tls/make-ca.ts';
import { ownReach } from '../support/phases/own-reach.ts';

const NAME = 'shop.example.net';

async function ask(url: string, options: Record<string, unknown> = {}): Promise<ProbeOutcome> {
  const outcome = await runHttp(new URL(url), httpSettings(options, 10_000), ownReach('127.0.0.1'));
  assert.ok(outcome.outcome !== 'denied');
  return outcome;
}

const port = async (server: { listen(port: number, host: string): Server | unknown }): Promise<number> => {
  server.listen(0, '127.0.0.1');
  await once(server as Server, 'listening');
  return ((server as Server).address() as AddressInfo).port;
};

async function certificate() {
  const nowMs = Date.now();
  const leaf = await issueLeaf(await makeCa(nowMs), { dnsNames: [NAME], ips: [] }, nowMs);
  return { cert: leaf.certificatePem, key: leaf.keyPem };
}

test('HTTP/2 is what both ends agree on, and HTTP/1.1 where only that is asked for', async (t) => {
  const seen: unknown[] = [];
  const server = createSecureServer({ ...(await certificate()), allowHTTP1: true }, (request, response) => {
    const { method, url, httpVersion, headers } = request;
    seen.push([httpVersion, method, url, headers['x-asked'], headers[':authority'] ?? headers['host']]);
    response.writeHead(200, { age: '9' });
    response.end('hello');
  });
  const at = `https://${NAME}:${await port(server)}/a?b=1`;
  t.after(() => server.close());
  const headers = [
    { name: 'X-Asked', value: 'yes' },
    // Belongs to a connection of HTTP/1.1 alone: HTTP/2 must not have it.
    { name: 'Keep-Alive', value: 'timeout=1' },
  ];
  for (const [options, protocol, version] of [
    [{}, 'h2', '2.0'],
    [{ protocol: 'h2' }, 'h2', '2.0'],
    [{ protocol: 'http/1.1' }, 'http/1.1', '1.1'],
  ] as const) {
    seen.length = 0;
    const { outcome, metrics } = await ask(at, { ...options, headers, expectBody: 'ell' });
    assert.deepEqual([outcome, metrics['protocol'], metrics['body_bytes']], ['ok', protocol, 5]);
    assert.equal(metrics['cache_hit_ratio'], 1);
    assert.deepEqual(seen, [[version, 'GET', '/a?b=1', 'yes', new URL(at).host]]);
  }
});

test('HTTP/2: a reset stream, a silent one, an early end and a body beyond the limit each say what they are', async (t) => {
  const server = createSecureServer(await certificate());
  server.on('stream', (stream, { ':path': path }) => {
    stream.on('error', () => undefined);
    if (path === '/reset') stream.close(2);
    else if (path === '/half') {
      stream.respond({ ':status': 200 });
      stream.write('half');
    } else if (path === '/gone') stream.session?.destroy();
    else if (path === '/large') {
      stream.respond({ ':status': 200 });
      stream.end(Buffer.alloc(200_000));
    }
  });
  server.on('sessionError', () => undefined);
  const at = `https://${NAME}:${await port(server)}`;
  t.after(() => server.close());
  const reasonOf = async (path: string, options: Record<string, unknown> = {}): Promise<unknown> => {
    const { outcome, source, reason } = await ask(`${at}${path}`, { timeout: '300ms', ...options });
    return [outcome, source, reason];
  };
  assert.deepEqual(await reasonOf('/reset'), ['error', 'target', 'err_http2_stream_error']);
  assert.deepEqual(await reasonOf('/silent'), ['error', 'target', 'timeout-ttfb']);
  assert.deepEqual(await reasonOf('/half'), ['error', 'target', 'timeout-download']);
  assert.deepEqual(await reasonOf('/gone'), ['error', 'target', 'reset']);
  assert.deepEqual(await reasonOf('/large', { maxBodyBytes: 199_999 }), [
    'error',
    'target',
    'body-over-limit',
  ]);
  assert.deepEqual(await reasonOf('/large', { maxBodyBytes: 200_000 }), ['ok', undefined, undefined]);
});

test('HTTP/2: an answer without a body, an interim one, and a server that says h2 and means something else', async (t) => {
  const server = createSecureServer(await certificate());
  server.on('stream', (stream, { ':path': path }) => {
    if (path === '/hints') stream.additionalHeaders({ ':status': 103, link: '</a.css>' });
    stream.respond({ ':status': path === '/hints' ? 200 : 204 }, { endStream: true });
  });
  const at = `https://${NAME}:${await port(server)}`;
  t.after(() => server.close());
  for (const [path, options, status] of [
    ['/empty', {}, 204],
    ['/hints', {}, 200],
    ['/empty', { method: 'HEAD', requests: 3 }, 204],
  ] as const) {
    const { outcome, metrics, nulls } = await ask(`${at}${path}`, options);
    assert.deepEqual([outcome, metrics['status_code'], metrics['body_bytes']], ['ok', status, 0]);
    assert.deepEqual(
      [metrics['download_bits_per_second'], nulls?.['download_bits_per_second']],
      [null, 'not-applicable'],
    );
  }
  for (const words of [null, 'HTTP/1.1 200 OK\r\n\r\n']) {
    const liar = createTlsServer({ ...(await certificate()), ALPNProtocols: ['h2'] }, (socket) => {
      socket.on('error', () => undefined);
      if (words === null) socket.destroy();
      else socket.end(words);
    });
    const { outcome, source, metrics } = await ask(`https://${NAME}:${await port(liar)}/`, { timeout: '2s' });
    liar.close();
    assert.deepEqual([outcome, source, metrics['ttfb_seconds']], ['error', 'target', null]);
  }
});

test('HTTP/2 that the server does not speak is an error, and with prior knowledge it needs no TLS', async (t) => {
  const plain = createH2cServer((_request, response) => void response.end('hello'));
  const old = createServer((_request, response) => void response.end('hello'));
  t.after(() => {
    plain.close();
    old.close();
  });
  const known = await ask(`http://${NAME}:${await port(plain)}/`, { protocol: 'h2' });
  assert.deepEqual([known.outcome, known.metrics['protocol']], ['ok', 'h2']);
  const unknown = await ask(`http://${NAME}:${await port(old)}/`, { protocol: 'h2', timeout: '2s' });
  assert.deepEqual([unknown.outcome, unknown.source], ['error', 'target']);
  const secure = createHttps(await certificate(), (_request, response) => void response.end('hello'));
  t.after(() => {
    secure.closeAllConnections();
    secure.close();
  });
  const secureAt = `https://${NAME}:${await port(secure)}/`;
  const refused = await ask(secureAt, { protocol: 'h2' });
  assert.equal(refused.outcome, 'error');
  assert.match(String(refused.reason), /^(h2-not-offered|err_ssl_.*no_application_protocol)$/);
  const chosen = await ask(secureAt);
  assert.deepEqual([chosen.outcome, chosen.metrics['protocol']], ['ok', 'http/1.1']);
});

test('the share of requests over a kept connection is what the server counts', async (t) => {
  // The server's own record: the connection of each request, in order.
  const connections: unknown[] = [];
  const answered = new Map<unknown, number>();
  const server = createServer((request, response) => {
    const { socket, url } = request;
    connections.push(socket);
    const nth = (answered.get(socket) ?? 0) + 1;
    answered.set(socket, nth);
    if (url === '/two' && nth === 2) response.setHeader('connection', 'close');
    if (url === '/never') response.setHeader('connection', 'close');
    // It says nothing of closing, and closes all the same.
    if (url === '/rude') response.on('finish', () => setImmediate(() => socket.destroy()));
    if (url === '/late' && connections.length === 3) response.statusCode = 503;
    response.end('hello');
  });
  const h2 = createSecureServer(await certificate(), (request, response) => {
    connections.push(request.stream.session);
    response.end('hello');
  });
  t.after(() => {
    server.closeAllConnections();
    server.close();
    h2.close();
  });
  const [plainPort, h2Port] = [await port(server), await port(h2)];
  const reused = (): number => connections.filter((one, i) => i > 0 && one === connections[i - 1]).length;
  const run = async (url: string, options: Record<string, unknown>): Promise<ProbeOutcome> => {
    connections.length = 0;
    const outcome = await ask(url, options);
    t.diagnostic(`${new URL(url).pathname}: ${reused()} of ${connections.length - 1} on the server's record`);
    return outcome;
  };
  for (const [path, requests, expected] of [
    ['/kept', 5, 1],
    ['/kept', 2, 1],
    ['/two', 5, 0.5],
    ['/never', 3, 0],
  ] as const) {
    const { outcome, metrics } = await run(`http://${NAME}:${plainPort}${path}`, { requests });
    assert.equal(outcome, 'ok');
    assert.deepEqual([metrics['reuse_ratio'], metrics['responses_2xx']], [expected, requests]);
    assert.deepEqual([connections.length, reused() / (requests - 1)], [requests, expected]);
  }
  const rude = await run(`http://${NAME}:${plainPort}/rude`, { requests: 4 });
  assert.deepEqual([rude.outcome, rude.metrics['responses_2xx']], ['ok', 4]);
  assert.equal(rude.metrics['reuse_ratio'], reused() / 3, 'a connection that was closed meanwhile is none');

  const multiplexed = await run(`https://${NAME}:${h2Port}/h2`, { requests: 4 });
  assert.deepEqual([multiplexed.metrics['reuse_ratio'], reused()], [1, 3]);

  const one = await run(`http://${NAME}:${plainPort}/kept`, {});
  assert.deepEqual([one.metrics['reuse_ratio'], one.nulls?.['reuse_ratio']], [null, 'not-applicable']);

  const late = await run(`http://${NAME}:${plainPort}/late`, { requests: 4 });
  assert.deepEqual([late.outcome, late.reason], ['error', 'status-503']);
  assert.deepEqual(
    ['reuse_ratio', 'responses_2xx', 'responses_5xx', 'status_code'].map((name) => late.metrics[name]),
    [1, 3, 1, 200],
  );
});

test('a slot that breaks off keeps what it measured, and its reuse is no number', async (t) => {
  let requests = 0;
  const server = createServer((_request, response) => {
    if (++requests < 3) response.end('hello');
  });
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const at = `http://${NAME}:${await port(server)}/`;
  const { outcome, reason, metrics, nulls } = await ask(at, { requests: 4, timeout: '500ms' });
  assert.deepEqual([outcome, reason], ['error', 'timeout-ttfb']);
  assert.deepEqual([metrics['responses_2xx'], metrics['status_code']], [2, 200]);
  assert.deepEqual([metrics['reuse_ratio'], nulls?.['reuse_ratio']], [null, 'failed']);
});

test('a server that answers early and takes no more of the request does not hold the slot', async (t) => {
  const server = createTcpServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => {
      socket.pause();
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nearly');
    });
  });
  const at = `http://${NAME}:${await port(server)}/`;
  t.after(() => server.close());
  const { metrics, nulls } = await ask(at, { requests: 2, uploadBytes: 50_000_000, timeout: '500ms' });
  assert.equal(metrics['status_code'], 200);
  assert.deepEqual([metrics['upload_bits_per_second'], nulls?.['upload_bits_per_second']], [null, 'failed']);
});
