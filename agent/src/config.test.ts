import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig, sizeThreadPool } from './config.ts';

test('arguments win over the environment, and what is missing is named', () => {
  const env = {
    STREAMSWARM_SERVER: 'https://a.example',
    STREAMSWARM_STATE_DIR: '/x',
    XDG_STATE_HOME: '/state',
  };
  assert.deepEqual(readConfig(['--server', 'http://127.0.0.1:5000', '--name', 'edge'], env, false), {
    server: 'http://127.0.0.1:5000/',
    stateDir: '/x',
    name: 'edge',
    logLevel: 'info',
  });
  assert.equal(readConfig([], env, false).server, 'https://a.example/');
  const plain = { STREAMSWARM_SERVER: 'https://a.example', XDG_STATE_HOME: '/state' };
  assert.equal(readConfig([], plain, false).stateDir, '/state/streamswarm/agent');
  assert.equal(readConfig([], plain, true).stateDir, '/var/lib/streamswarm/agent');
  assert.throws(() => readConfig([], {}, false), /--server/);
  assert.throws(() => readConfig(['--server', 'http://a.example'], {}, false), /loopback/);
  assert.throws(() => readConfig(['--server', 'https://a.example', '--surprise'], {}, false));
});

test('half of the thread pool may wait for names', () => {
  const env: Record<string, string | undefined> = {};
  assert.equal(sizeThreadPool(env), 8);
  assert.equal(env['UV_THREADPOOL_SIZE'], '16');
  assert.equal(sizeThreadPool({ UV_THREADPOOL_SIZE: '4' }), 2);
});
