import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerOptions } from 'node:https';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, type TestContext, test } from 'node:test';
import { connect } from 'node:tls';
import { OperatorHttp } from '@streamswarm/agent/uplink/operator-http';
import { parseServerUrl } from '@streamswarm/agent/uplink/server-url';
import { issueLeaf } from '@streamswarm/operator/tls/issue-leaf';
import { makeCa } from '@streamswarm/operator/tls/make-ca';
import type { StoredCa } from '@streamswarm/operator/tls/stored-ca';
import { startAgentStreet } from '../support/agent-street.ts';
import { type RogueServer, startRogueServer } from '../support/rogue-server.ts';

const NAME = 'streamswarm-operator.system.svc';
const CANARY = 'canary.token.91bc';
const DAY_MS = 86_400_000;

let ca: StoredCa;
let dir: string;
let caFile: string;
before(async () => {
  ca = await makeCa(Date.now());
  dir = mkdtempSync(join(tmpdir(), 'agent-trust-'));
  caFile = join(dir, 'ca.crt');
  writeFileSync(caFile, ca.certificatePem);
});
after(() => rmSync(dir, { recursive: true }));

async function served(
  authority: StoredCa,
  { dnsNames = [NAME], nowMs = Date.now() }: { dnsNames?: string[]; nowMs?: number } = {},
): Promise<ServerOptions> {
  const leaf = await issueLeaf(authority, { dnsNames, ips: [] }, nowMs);
  return { key: leaf.keyPem, cert: leaf.certificatePem };
}

/** Shows the canary to a server as an agent shows its token. */
async function show(t: TestContext, server: string, trust = { caFile, serverName: NAME }): Promise<unknown> {
  const http = new OperatorHttp(new URL(server), trust);
  t.after(() => http.close());
  return await http.ask('the session', {
    method: 'POST',
    path: '/agent/v1/session',
    headers: { authorization: `Bearer ${CANARY}` },
    body: '{}',
    timeoutMs: 20_000,
  });
}

async function rogue(t: TestContext, ...args: Parameters<typeof startRogueServer>): Promise<RogueServer> {
  const server = await startRogueServer(...args);
  t.after(() => server.stop());
  return server;
}

test('the right operator gets the token', async (t) => {
  const server = await rogue(t, await served(ca), (_, response) => void response.end('{"is":"asked"}'));
  assert.deepEqual(await show(t, server.url), { is: 'asked' });
  assert.ok(server.received().includes(CANARY));
});

test('a server that is not the operator never gets a byte of the request', async (t) => {
  const old = { nowMs: Date.now() - 100 * DAY_MS };
  const oldTls = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
  const cases: [string, ServerOptions, RegExp][] = [
    ['another CA', await served(await makeCa(Date.now())), /unable to verify|self-signed|issuer|signature/i],
    ['another name', await served(ca, { dnsNames: ['streamswarm-operator.other.svc'] }), /altnames/],
    ['an expired certificate', await served(ca, old), /expired/],
    ['a certificate of the future', await served(ca, { nowMs: Date.now() + 50 * DAY_MS }), /not yet valid/],
    ['TLS 1.1', { ...(await served(ca)), ...oldTls }, /protocol version|unsupported protocol/i],
    [
      'its own CA as certificate',
      { key: ca.keyPem, cert: ca.certificatePem },
      /altnames|purpose|Hostname|handshake failure/i,
    ],
  ];
  for (const [what, options, message] of cases) {
    // TLS 1.2 and 1.3 finish their handshakes in another order.
    for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const) {
      const server = await rogue(t, { maxVersion, ...options });
      await assert.rejects(show(t, server.url), message, `${what}, ${maxVersion}`);
      assert.equal(server.connections, 1, what);
      assert.deepEqual([server.received(), server.requests], ['', []], what);
    }
  }
});

test('a server that speaks no TLS hears nothing that could be read', async (t) => {
  let heard = '';
  const plain = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      heard += chunk.toString('latin1');
      if (socket.writable) socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}');
    });
  });
  await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
  t.after(() => plain.close());
  const { port } = plain.address() as AddressInfo;
  await assert.rejects(show(t, `https://127.0.0.1:${port}`));
  assert.ok(heard.length > 0 && !heard.includes(CANARY) && !heard.includes('HTTP/'));
});

test('redirects lead nowhere', async (t) => {
  const elsewhere = await rogue(t, await served(ca));
  const server = await rogue(t, await served(ca), (_, response) =>
    response.writeHead(307, { location: `${elsewhere.url}/agent/v1/session` }).end(),
  );
  await assert.rejects(show(t, server.url), /307/);
  assert.equal(elsewhere.connections, 0);
});

test('a CA file that is missing or holds no certificate makes no connection, a new one counts at once', async (t) => {
  const next = await makeCa(Date.now());
  const server = await rogue(t, await served(next), (_, response) => {
    response.writeHead(200, { connection: 'close' }).end('{}');
  });
  const file = join(dir, 'changing.crt');
  const trust = { caFile: file, serverName: NAME };
  await assert.rejects(show(t, server.url, trust), /cannot be read/);
  writeFileSync(file, 'not yet\n');
  await assert.rejects(show(t, server.url, trust), /holds no certificate/);
  assert.equal(server.connections, 0);
  writeFileSync(file, ca.certificatePem);
  await assert.rejects(show(t, server.url, trust), /verify|issuer|signature/i);
  writeFileSync(file, next.certificatePem);
  assert.deepEqual(await show(t, server.url, trust), {});
  writeFileSync(file, ca.certificatePem + next.certificatePem);
  assert.deepEqual(await show(t, server.url, trust), {}, 'two CAs during a change');
});

test('an environment that turns verification off is not obeyed', async (t) => {
  const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
  process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
  t.after(() => {
    if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
  });
  const server = await rogue(t, await served(await makeCa(Date.now())));
  await assert.rejects(show(t, server.url));
  assert.equal(server.received(), '');
});

test('plain http beyond loopback is refused before anything is opened', () => {
  for (const url of ['http://198.18.0.1:5443', 'http://streamswarm-operator.system.svc:5443']) {
    assert.throws(() => parseServerUrl(url), /plain http is allowed on loopback only/);
  }
});

test('the server name of an address is the address itself', async (t) => {
  const leaf = await issueLeaf(ca, { dnsNames: [], ips: ['127.0.0.1'] }, Date.now());
  const options = { key: leaf.keyPem, cert: leaf.certificatePem };
  const server = await rogue(t, options, (_, response) => void response.end('{}'));
  const http = new OperatorHttp(new URL(server.url), { caFile, serverName: null });
  t.after(() => http.close());
  const asked = { method: 'GET', path: '/', headers: {}, timeoutMs: 10_000 } as const;
  assert.deepEqual(await http.ask('anything', asked), {});
  await assert.rejects(show(t, server.url), /altnames/);
});

test('a client of TLS 1.1 is refused by the listener of the operator', async (t) => {
  const street = await startAgentStreet();
  t.after(() => street.stop());
  const { port } = new URL(street.listener.url);
  const handshake = (options: object): Promise<string> =>
    new Promise((resolve) => {
      const socket = connect({
        port: Number(port),
        host: '127.0.0.1',
        servername: NAME,
        ca: street.ca.caPem,
        ...options,
      });
      socket.on('secureConnect', () => {
        resolve(socket.getProtocol() ?? '');
        socket.destroy();
      });
      socket.on('error', (error) => resolve(`refused: ${error.message}`));
    });
  const old = { minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' };
  assert.match(await handshake({ ...old, maxVersion: 'TLSv1.1' }), /^refused/);
  assert.match(await handshake({ ...old, maxVersion: 'TLSv1' }), /^refused/);
  assert.equal(await handshake({ maxVersion: 'TLSv1.2' }), 'TLSv1.2');
  assert.equal(await handshake({}), 'TLSv1.3');
});
