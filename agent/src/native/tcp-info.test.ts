import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readHandshakeInfo, readSendProgress } from './tcp-info.ts';

const view = new DataView(new ArrayBuffer(280));
view.setUint32(16, 1_448, true);
view.setUint32(60, 1_500, true);
view.setUint32(68, 12_345, true);

test('fields stand where linux/tcp.h puts them', () => {
  const all = { handshakeRttSeconds: 0.012345, sndMss: 1_448, kernelCachedPmtu: 1_500 };
  assert.deepEqual(readHandshakeInfo(view, 0, 280), all);
});

test('a field beyond what the kernel wrote is null', () => {
  const none = { handshakeRttSeconds: null, sndMss: 1_448, kernelCachedPmtu: 1_500 };
  assert.deepEqual(readHandshakeInfo(view, 0, 71), none);
  assert.deepEqual(readHandshakeInfo(view, 0, 0), {
    handshakeRttSeconds: null,
    sndMss: null,
    kernelCachedPmtu: null,
  });
});

test('sending is over when nothing is on the way and nothing waits here', () => {
  const sending = new DataView(new ArrayBuffer(280));
  sending.setBigUint64(120, 70_000n, true);
  assert.deepEqual(readSendProgress(sending, 0, 280), { ackedBytes: 70_000, isAllAcked: true });
  sending.setUint32(144, 1, true);
  assert.deepEqual(readSendProgress(sending, 0, 280), { ackedBytes: 70_000, isAllAcked: false });
  sending.setUint32(144, 0, true);
  sending.setUint32(24, 2, true);
  assert.deepEqual(readSendProgress(sending, 0, 280), { ackedBytes: 70_000, isAllAcked: false });
  assert.equal(readSendProgress(sending, 0, 147), null);
});
