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
    trust: { caFile: null, serverName: null },
    identity: { kind: 'standalone', name: 'edge' },
    stateDir: '/x',
    join: null,
    readyFile: null,
    aliveFile: null,
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

test('the agent of a pod names its node, its token and the CA, and speaks https', () => {
  const args = [
    '--identity',
    'pod',
    '--token-file',
    '/t',
    '--ca-file',
    '/ca',
    '--ready-file',
    '/r',
    '--alive-file',
    '/a',
  ];
  const server = ['--server', 'https://10.96.0.7:5443', '--server-name', 'streamswarm-operator.system.svc'];
  const env = { NODE_NAME: 'worker-1' };
  assert.deepEqual(readConfig([...server, ...args, '--state-dir', '/s'], env, true), {
    server: 'https://10.96.0.7:5443/',
    trust: { caFile: '/ca', serverName: 'streamswarm-operator.system.svc' },
    identity: { kind: 'pod', nodeName: 'worker-1', tokenFile: '/t' },
    stateDir: '/s',
    join: null,
    readyFile: '/r',
    aliveFile: '/a',
    logLevel: 'info',
  });
  const wrong: [string[], Record<string, string>, RegExp][] = [
    [[...server, ...args], {}, /NODE_NAME/],
    [[...server, ...args.slice(0, 2)], env, /--token-file/],
    [[...server, ...args.slice(0, 4)], env, /--ca-file/],
    [[...server, ...args, '--ca-file', ''], env, /--ca-file is empty/],
    [[...server, ...args, '--identity', 'guess'], env, /standalone or pod/],
    // Not even on loopback: in a pod another container may listen there.
    [['--server', 'http://127.0.0.1:5000', ...args], env, /https only/],
  ];
  for (const [argv, environment, message] of wrong) {
    assert.throws(() => readConfig(argv, environment, true), message);
  }
});

test('a join token is taken with the fingerprint of the CA only', () => {
  const server = ['--server', 'https://a.example:5443'];
  const fingerprint = `sha256:${'0a'.repeat(32)}`;
  const joins = readConfig([...server, '--token', 't', '--ca-fingerprint', fingerprint], {}, false);
  assert.deepEqual(joins.join, { token: 't', caFingerprint: fingerprint });
  assert.equal(readConfig([...server, '--ca-fingerprint', fingerprint], {}, false).join, null);
  assert.throws(() => readConfig([...server, '--token', 't'], {}, false), /add --ca-fingerprint/);
  assert.throws(
    () => readConfig([...server, '--token', 't', '--ca-fingerprint', 'sha256:0a'], {}, false),
    /64 hex/,
  );
});

test('half of the thread pool may wait for names', () => {
  const env: Record<string, string | undefined> = {};
  assert.equal(sizeThreadPool(env), 8);
  assert.equal(env['UV_THREADPOOL_SIZE'], '16');
  assert.equal(sizeThreadPool({ UV_THREADPOOL_SIZE: '4' }), 2);
});

test('the log tells more where it is asked to, by flag or by the variable of the usage guide', () => {
  const args = ['--server', 'http://127.0.0.1:5000', '--state-dir', '/tmp/x'];
  const level = (more: string[], env: Record<string, string>) =>
    readConfig([...args, ...more], env, false).logLevel;
  assert.equal(level(['--verbose'], {}), 'debug');
  assert.equal(level([], { DEBUG: 'True' }), 'debug');
  assert.equal(level([], { DEBUG: 'False' }), 'info');
  assert.equal(level(['--verbose'], { STREAMSWARM_LOG_LEVEL: 'warn' }), 'warn');
});
