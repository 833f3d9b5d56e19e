import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { test } from 'node:test';
import { portableEngine } from './portable-engine.ts';

const engine = portableEngine('a reason');

test('says why there is no echo', async () => {
  const { icmp4 } = engine.capabilities;
  assert.ok(typeof icmp4 === 'object');
  assert.deepEqual([icmp4.reason, icmp4.detail], ['unsupported', 'a reason']);
  const request = { address: '127.0.0.1', count: 1, spacingMs: 0, timeoutMs: 1, size: 0 };
  await assert.rejects(engine.echo(request), /a reason/);
});

test('connects, and tells a refusal from a connection', async () => {
  const server = createServer((socket) => socket.resume()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const open = await engine.connect({ address: '127.0.0.1', port, timeoutMs: 1_000 });
  assert.deepEqual([open.outcome, open.localAddress, open.tcpInfo], ['connected', '127.0.0.1', null]);
  assert.ok(Number(open.connectSeconds) > 0);
  server.close();
  await once(server, 'close');
  const refused = await engine.connect({ address: '127.0.0.1', port, timeoutMs: 1_000 });
  assert.deepEqual([refused.outcome, refused.errno], ['failed', 'ECONNREFUSED']);
});
