import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from './config.ts';
import { GUIDE_DEFAULTS } from './guide/guide-settings.ts';

test('arguments stand before the environment, and defaults behind both', () => {
  const config = readConfig(['--database-url', 'postgresql://a/b', '--port', '5001'], {
    DATABASE_URL: 'postgresql://c/d',
    DATABASE_CA_FILE: '/pki/ca.pem',
    SERVER_PORT: '6000',
    DEBUG: 'True',
  });
  assert.deepEqual(config, {
    databaseUrl: 'postgresql://a/b',
    databaseCaFile: '/pki/ca.pem',
    host: '127.0.0.1',
    port: 5_001,
    consoleDir: null,
    logLevel: 'debug',
    cluster: null,
    people: null,
    agents: { host: '127.0.0.1', port: 5_443, serverNames: [], required: false },
    guide: GUIDE_DEFAULTS,
    remarks: [],
  });
});

test('what is wrong is named', () => {
  assert.throws(() => readConfig([], {}), /DATABASE_URL must be a postgresql/);
  assert.throws(() => readConfig([], { DATABASE_URL: 'sqlite:///x' }), /DATABASE_URL/);
  const env = { DATABASE_URL: 'postgresql://a/b' };
  assert.throws(() => readConfig(['--port', 'http'], env), /--port.*http/);
  assert.throws(() => readConfig(['--cluster'], env), /--namespace/);
  const cluster = ['--cluster', '--namespace', 'x', '--agent-listen'];
  assert.throws(() => readConfig([...cluster, 'everywhere'], env), /HOST:PORT.*everywhere/);
  assert.throws(() => readConfig([...cluster, '0.0.0.0:5443'], env), /--agent-server-name/);
});

test('an operator of a cluster knows where it is and how agents call it', () => {
  const args = [
    '--cluster',
    '--agent-listen',
    '[::]:5443',
    '--agent-server-name',
    'a.svc',
    '--agent-server-name',
    'b',
  ];
  const env = { DATABASE_URL: 'postgresql://a/b', POD_NAMESPACE: 'streamswarm' };
  assert.deepEqual(readConfig(args, env).cluster, {
    kubeconfigPath: null,
    namespace: 'streamswarm',
    agents: { host: '::', port: 5_443, serverNames: ['a.svc', 'b'], serviceAccount: 'streamswarm-agent' },
  });
});

test('beyond loopback people come in by TLS, and programs of this host by loopback', () => {
  const args = ['--database-url', 'postgresql://a/b', '--host', '0.0.0.0', '--local-port', '5001'];
  const env = {
    STREAMSWARM_HOSTS: 'swarm.example.net, 192.0.2.7',
    STREAMSWARM_TLS_CERT: '/tls/cert.pem',
    STREAMSWARM_TLS_KEY: '/tls/key.pem',
  };
  const { host, port, people } = readConfig(args, env);
  assert.deepEqual({ host, port }, { host: '127.0.0.1', port: 5_001 });
  assert.deepEqual(people, {
    host: '0.0.0.0',
    port: 5_000,
    names: ['swarm.example.net', '192.0.2.7'],
    certificate: { certFile: '/tls/cert.pem', keyFile: '/tls/key.pem' },
  });
  assert.throws(() => readConfig(args, { STREAMSWARM_TLS_CERT: '/x' }), /STREAMSWARM_TLS_KEY/);
  assert.throws(() => readConfig(args, { STREAMSWARM_HOSTS: 'https://x' }), /STREAMSWARM_HOSTS.*https/);
});

test('the operator of a cluster stays on loopback for people, whatever it is told', () => {
  const args = ['--cluster', '--namespace', 'x', '--host', '0.0.0.0', '--database-url', 'postgresql://a/b'];
  const { host, people } = readConfig(args, {});
  // startOperator refuses this host.
  assert.deepEqual({ host, people }, { host: '0.0.0.0', people: null });
});
