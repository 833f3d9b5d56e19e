import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readHandshakeInfo } from './tcp-info.ts';

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
