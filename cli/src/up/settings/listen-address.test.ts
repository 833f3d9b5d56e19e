import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listenHost, localPort, SettingsError } from './listen-address.ts';

test('addresses are listened on, names are not', () => {
  for (const host of ['127.0.0.1', '::1', 'localhost', '0.0.0.0', '::', '192.0.2.7'])
    assert.equal(listenHost(host), host);
  for (const host of ['swarm.example.net', '', '0.0.0.0:5000', 'http://0.0.0.0'])
    assert.throws(() => listenHost(host), SettingsError);
});

test('beyond loopback a port beside it is for programs of this machine', () => {
  assert.equal(localPort('127.0.0.1', 5_000, undefined), null);
  assert.equal(localPort('0.0.0.0', 5_000, undefined), 5_001);
  assert.equal(localPort('0.0.0.0', 5_000, '7000'), 7_000);
  assert.throws(() => localPort('0.0.0.0', 5_000, '5000'), /STREAMSWARM_LOCAL_PORT/);
  assert.throws(() => localPort('0.0.0.0', 65_535, undefined), /STREAMSWARM_LOCAL_PORT/);
});
