import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { httpSettings } from '@streamswarm/contract';
import { runHttp } from '../../agent/src/probes/http/run-http.ts';
import { NetworkLab, networkLabProblem } from '../support/net/network-lab.ts';
import { routedPath } from '../support/net/routed-path.ts';
import { ownReach } from '../support/phases/own-reach.ts';
import { requestInNamespace } from '../support/phases/request-in-namespace.ts';
import type { Received } from '../support/phases/serve-bytes.ts';
import { serverInNamespace } from '../support/phases/server-in-namespace.ts';

const METRICS = { download: 'download_bits_per_second', upload: 'upload_bits_per_second' } as const;
const LINK_BITS_PER_SECOND = 20_000_000;
/** What a link counts of a full packet (Ethernet header included) and what of it is data (RFC 7323 time stamps on). */
const SHARE_OF_DATA = 1_448 / 1_514;
const BODY_BYTES = 3_500_000;

test('the rate of a body is that at which the server sends it', async (t) => {
  let record = Number.NaN;
  const server = createServer(async (_request, response) => {
    const piece = Buffer.alloc(25_000);
    const beganMs = performance.now();
    const pieces = 26;
    for (let i = 0; i < pieces; i++) {
      await delay(Math.max(0, beganMs + i * 50 - performance.now()));
      response.write(piece);
      record = ((pieces - 1) * piece.length * 8) / ((performance.now() - beganMs) / 1e3);
    }
    response.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const url = new URL(`http://shop.example.net:${(server.address() as AddressInfo).port}/`);
  const { metrics } = (await runHttp(url, httpSettings({}, 20_000), ownReach('127.0.0.1'))) as {
    metrics: Record<string, number>;
  };
  const found = metrics[METRICS.download] ?? Number.NaN;
  t.diagnostic(`server ${(record / 1e6).toFixed(3)}, probe ${(found / 1e6).toFixed(3)} Mbit/s`);
  assert.ok(Math.abs(found / record - 1) < 0.05, `${found} bit/s, the server sent ${record}`);
});

test('a body that is over within a second has no rate', async (t) => {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.end(Buffer.alloc(1_000_000)));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const url = new URL(`http://shop.example.net:${(server.address() as AddressInfo).port}/`);
  const { outcome, metrics, nulls } = (await runHttp(
    url,
    httpSettings({ uploadBytes: 1_000_000 }, 20_000),
    ownReach('127.0.0.1'),
  )) as { outcome: string; metrics: Record<string, unknown>; nulls: Record<string, string> };
  assert.equal(outcome, 'ok');
  for (const metric of Object.values(METRICS)) {
    assert.deepEqual([metrics[metric], nulls[metric]], [null, 'too-short'], metric);
  }
});

test('over a link of a known rate both ways have that rate, less what headers take', {
  skip: networkLabProblem() ?? false,
}, async (t) => {
  const lab = new NetworkLab();
  t.after(() => lab.close());
  const { client, router, serverAddress, server } = routedPath(lab);
  for (const device of ['left', 'right']) {
    const shape = `tc qdisc add dev ${device} root tbf rate ${LINK_BITS_PER_SECOND}bit burst 16000 limit 200000`;
    router.run(...shape.split(' '));
  }
  const inside = await serverInNamespace(server, 'serve-bytes.ts');
  t.after(() => inside.close());
  const [secure, plain] = JSON.parse(inside.lines[0] ?? '') as [number, number];
  const wanted = LINK_BITS_PER_SECOND * SHARE_OF_DATA;
  for (const [place, protocol] of [
    [`https://shop.example.net:${secure}`, 'h2'],
    [`https://shop.example.net:${secure}`, 'http/1.1'],
    [`http://shop.example.net:${plain}`, 'http/1.1'],
  ] as const) {
    const options = { protocol, uploadBytes: BODY_BYTES };
    const url = `${place}/${BODY_BYTES}`;
    const [found] = await requestInNamespace(client, { address: serverAddress[4], url, options, tries: 1 });
    assert.ok(found !== undefined);
    const { bytes, seconds } = JSON.parse(inside.lines.at(-1) ?? '') as Received;
    assert.equal(bytes, BODY_BYTES, 'the server got all of it');
    const download = Number(found.metrics[METRICS.download]);
    const upload = Number(found.metrics[METRICS.upload]);
    const words = [download, upload, (bytes * 8) / seconds].map((rate) => (rate / wanted).toFixed(3));
    t.diagnostic(
      `${place.slice(0, 5)} ${protocol}: download, upload, upload at the server: ${words.join(', ')} of ${(wanted / 1e6).toFixed(2)} Mbit/s`,
    );
    for (const rate of [download, upload]) {
      assert.ok(Math.abs(rate / wanted - 1) < 0.05, `${rate} bit/s, the link lets ${wanted} through`);
    }
    const requestSeconds = Number(found.metrics['request_seconds']);
    assert.ok(requestSeconds >= (BODY_BYTES * 8) / LINK_BITS_PER_SECOND, `${requestSeconds} s to send it`);
    assert.ok(
      Number(found.metrics['ttfb_seconds']) < requestSeconds / 4,
      'the body is no part of the first byte',
    );
  }
});
