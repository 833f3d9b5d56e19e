import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { after, test } from 'node:test';
import { startPacketEngine } from './packet-engine.ts';

const engine = await startPacketEngine();
after(() => engine.close());
const { icmp4, icmp6 } = engine.capabilities;
const skip =
  typeof icmp4 === 'object' || typeof icmp6 === 'object'
    ? `no ICMP socket here: ${JSON.stringify({ icmp4, icmp6 })}`
    : false;
if (skip !== false) {
  console.error(`\n*** SKIPPED: ${skip} ***\n`);
  if (process.env['CI'] !== undefined) throw new Error(skip);
}

const quick = { count: 3, spacingMs: 0, timeoutMs: 1_000, size: 56 };

for (const address of ['127.0.0.1', '::1']) {
  test(`echoes of every size come back from ${address}`, { skip }, async () => {
    for (const size of [0, 1, 3, 4, 5, 56, 1_473, 65_507]) {
      const { sent, replies } = await engine.echo({ ...quick, address, size });
      assert.deepEqual([sent, replies.map((reply) => reply.seq)], [3, [0, 1, 2]], `size ${size}`);
    }
  });
}

test('a round trip by kernel stamps lies within that of user space', { skip }, async () => {
  await engine.echo({ ...quick, address: '127.0.0.1', count: 50 });
  const { replies } = await engine.echo({ ...quick, address: '127.0.0.1', count: 20, spacingMs: 1 });
  for (const reply of replies) {
    assert.equal(reply.stamp, 'kernel');
    assert.ok(reply.rttSeconds > 0 && reply.rttSeconds <= reply.userRttSeconds);
    assert.ok(reply.localQueueSeconds !== null && reply.localQueueSeconds >= 0);
    assert.equal(reply.ttl, 64);
  }
});

test('many requests at once keep their replies apart', { skip }, async () => {
  const requests = Array.from({ length: 300 }, (_, i) => ({
    ...quick,
    address: i % 3 === 0 ? '::1' : `127.0.${i % 7}.${1 + (i % 50)}`,
    count: 1 + (i % 10),
    spacingMs: i % 3,
  }));
  const results = await Promise.all(requests.map((request) => engine.echo(request)));
  results.forEach(({ replies, receiveDrops }, i) => {
    const seqs = replies.filter((reply) => !reply.duplicate).map((reply) => reply.seq);
    assert.deepEqual(
      seqs.sort((a, b) => a - b),
      Array.from({ length: 1 + (i % 10) }, (_, seq) => seq),
    );
    assert.equal(receiveDrops, 0);
  });
});

test('the source address is the one asked for', { skip }, async () => {
  const { sent } = await engine.echo({ ...quick, address: '127.0.0.1', source: '127.0.0.77' });
  assert.equal(sent, 3);
  const wrong = await engine.echo({ ...quick, address: '127.0.0.1', source: '198.18.255.1' });
  assert.equal(wrong.sent, 0);
  assert.equal(wrong.sendErrors[0]?.count, 3);
});

test('what is no request is refused', { skip }, async () => {
  await assert.rejects(engine.echo({ ...quick, address: 'localhost' }), TypeError);
  await assert.rejects(engine.echo({ ...quick, address: '127.0.0.1', size: 65_508 }), RangeError);
  await assert.rejects(engine.echo({ ...quick, address: '127.0.0.1', count: 0 }), RangeError);
  await assert.rejects(engine.echo({ ...quick, address: '127.0.0.1', source: '::1' }), TypeError);
  await assert.rejects(engine.connect({ address: 'localhost', port: 1, timeoutMs: 1 }), TypeError);
});

test('connects with the facts of the handshake, and tells a refusal', { skip }, async () => {
  const server = createServer((socket) => socket.resume()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const request = { address: '127.0.0.1', port, timeoutMs: 1_000, source: '127.0.0.5' };
  const open = await engine.connect(request);
  assert.deepEqual([open.outcome, open.localAddress], ['connected', '127.0.0.5']);
  assert.ok(Number(open.tcpInfo?.handshakeRttSeconds) <= Number(open.connectSeconds));
  assert.ok(Number(open.tcpInfo?.sndMss) > 0);
  server.close();
  await once(server, 'close');
  const refused = await engine.connect(request);
  assert.deepEqual(
    [refused.outcome, refused.errno, refused.failedLocally],
    ['failed', 'ECONNREFUSED', false],
  );
});

test('close ends what is under way and what comes after', { skip }, async () => {
  const short = await startPacketEngine();
  const pending = short.echo({ ...quick, address: '127.0.0.1', count: 2, spacingMs: 60_000 });
  const rejected = assert.rejects(pending, /closed/);
  await short.close();
  await rejected;
  await assert.rejects(short.echo({ ...quick, address: '127.0.0.1' }), /closed/);
  await short.close();
});

test('an idle engine keeps no process alive', { skip }, () => {
  const url = JSON.stringify(new URL('./packet-engine.ts', import.meta.url).href);
  const script = `const { startPacketEngine } = await import(${url}); await startPacketEngine();`;
  const child = spawnSync(process.execPath, ['--input-type=module', '-e', script], { timeout: 10_000 });
  assert.equal(child.status, 0, String(child.stderr));
});

test('a namespace that is not there makes an engine that says so', async () => {
  const none = await startPacketEngine({ netns: 'no-such-namespace' });
  assert.ok(typeof none.capabilities.icmp4 === 'object');
  assert.equal(none.capabilities.icmp4.reason, 'unsupported');
  await none.close();
});
