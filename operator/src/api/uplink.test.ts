import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { encodeFrame, MAX_FRAME_BYTES, type ProblemDetails, type Word } from '@streamswarm/contract';
import { fakeApp } from './testing/fake-app.ts';
import { AGENT, type FakeServices, fakeServices, NOW_MS, TOKEN } from './testing/fake-services.ts';

const WORD: Word = {
  epoch: 1,
  seq: 0,
  throughMs: NOW_MS,
  planRevision: 1,
  spooled: [],
  spool: { batches: 0, bytes: 0, bad: 0 },
};

async function send(services: FakeServices, payload: Uint8Array, token: string | null = TOKEN) {
  const app = await fakeApp(services);
  const answer = await app.inject({
    method: 'POST',
    url: '/agent/v1/batches',
    headers: {
      'content-type': 'application/octet-stream',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    payload: Buffer.from(payload),
  });
  await app.close();
  return { status: answer.statusCode, headers: answer.headers, body: answer.json() as ProblemDetails };
}

test('a frame is taken apart and acknowledged', async () => {
  const services = fakeServices();
  const { status, body } = await send(services, encodeFrame(WORD, Uint8Array.of(1, 2, 3)));
  assert.equal(status, 200);
  assert.deepEqual(body, { acknowledged: { epoch: 1, seq: 0 }, duplicate: false, nowMs: NOW_MS });
  const [call] = services.calls;
  assert.deepEqual(call?.slice(0, 3), ['ingest', AGENT.id, WORD]);
  assert.deepEqual(Buffer.from(call?.[3] as Uint8Array), Buffer.from([1, 2, 3]));
});

test('a word may come alone', async () => {
  const services = fakeServices();
  await send(services, encodeFrame(WORD, null));
  assert.deepEqual(services.calls, [['ingest', AGENT.id, WORD, null]]);
});

test('what is no frame never reaches the books', async () => {
  const services = fakeServices();
  const tooLong = encodeFrame(WORD, null);
  new DataView(tooLong.buffer).setUint32(0, 10_000);
  for (const payload of [new Uint8Array(), Uint8Array.of(0, 0), tooLong, Uint8Array.of(0, 0, 0, 1, 255)]) {
    const { status, body } = await send(services, payload);
    assert.deepEqual([status, body.code], [400, 'invalid-frame']);
  }
  const large = await send(services, new Uint8Array(MAX_FRAME_BYTES + 1));
  assert.deepEqual([large.status, large.body.code], [413, 'body-too-large']);
  assert.deepEqual(services.calls, []);
});

test('refusals: for good, for now, and for strangers', async () => {
  const services = fakeServices();
  services.ingestResult = { kind: 'invalid', detail: 'tables.icmp.slot: columns differ in length' };
  const invalid = await send(services, encodeFrame(WORD, null));
  assert.deepEqual([invalid.status, invalid.body.code], [400, 'invalid-batch']);
  assert.match(invalid.body.detail, /tables\.icmp\.slot/);
  services.ingestResult = { kind: 'busy', retryAfterSeconds: 3 };
  const busy = await send(services, encodeFrame(WORD, null));
  assert.deepEqual([busy.status, busy.body.code, busy.headers['retry-after']], [503, 'busy', '3']);
  for (const token of [null, 'unknown']) {
    const stranger = await send(services, encodeFrame(WORD, null), token);
    assert.deepEqual([stranger.status, stranger.body.code], [401, 'unauthenticated']);
  }
});

test('the plan is a stream of lines that ends with the agent or with the operator', async () => {
  const services = fakeServices();
  const app = await fakeApp(services);
  await app.listen({ host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/agent/v1/plan`;
  const headers = { authorization: `Bearer ${TOKEN}` };
  const first = await fetch(url, { headers });
  assert.equal(first.headers.get('content-type'), 'application/x-ndjson');
  const reader = first.body?.getReader();
  const { value } = (await reader?.read()) ?? {};
  assert.equal(
    new TextDecoder().decode(value),
    `${JSON.stringify({ type: 'synced', revision: 7, nowMs: NOW_MS })}\n`,
  );
  await reader?.cancel();
  const second = await fetch(url, { headers });
  await app.close();
  await second.text().catch(() => undefined);
  while (services.calls.length < 2) await delay(5);
  assert.deepEqual(services.calls, [['plan ended'], ['plan ended']]);
});

test('hints reach a listener as events, and the line ends with the operator', async () => {
  const services = fakeServices();
  const app = await fakeApp(services);
  await app.listen({ host: '127.0.0.1', port: 0 });
  const answer = await fetch(`http://127.0.0.1:${(app.server.address() as AddressInfo).port}/api/v1/live`);
  assert.match(answer.headers.get('content-type') ?? '', /^text\/event-stream/);
  for (const say of services.hints) say({ entity: 'results', key: 'default/hello' });
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of answer.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    if (text.includes('data:')) break;
  }
  assert.equal(text, 'retry: 1000\n\ndata: {"entity":"results","key":"default/hello"}\n\n');
  await app.close();
  assert.equal(services.hints.size, 0);
});
