import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from './config.ts';

test('arguments stand before the environment, and defaults behind both', () => {
  const config = readConfig(['--database-url', 'postgresql://a/b', '--port', '5001'], {
    DATABASE_URL: 'postgresql://c/d',
    SERVER_PORT: '6000',
    DEBUG: 'True',
  });
  assert.deepEqual(config, {
    databaseUrl: 'postgresql://a/b',
    host: '127.0.0.1',
    port: 5_001,
    consoleDir: null,
    logLevel: 'debug',
  });
});

test('what is wrong is named', () => {
  assert.throws(() => readConfig([], {}), /DATABASE_URL must be a postgresql/);
  assert.throws(() => readConfig([], { DATABASE_URL: 'sqlite:///x' }), /DATABASE_URL/);
  assert.throws(() => readConfig(['--port', 'http'], { DATABASE_URL: 'postgresql://a/b' }), /--port.*http/);
});
