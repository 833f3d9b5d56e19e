import assert from 'node:assert/strict';
import { delimiter, join } from 'node:path';
import { test } from 'node:test';
import { npmCommand, pathFor } from './npm.mjs';
import { explainNpmFailure } from './npm-failure.mjs';

test('npm is the one that started us, else the one on the PATH', () => {
  const started = { npm_execpath: '/usr/lib/npm/bin/npm-cli.js', npm_node_execpath: '/usr/bin/node' };
  assert.deepEqual(npmCommand(started, 'linux'), {
    file: '/usr/bin/node',
    args: ['/usr/lib/npm/bin/npm-cli.js'],
  });
  assert.deepEqual(npmCommand({ npm_execpath: '/usr/lib/pnpm.cjs' }, 'linux'), { file: 'npm', args: [] });
  assert.deepEqual(npmCommand({}, 'darwin'), { file: 'npm', args: [] });
});

test('the Node of the checkout stands in front of the PATH, or not in it at all', () => {
  const own = join('/my checkout', 'node_modules', '.bin');
  const env = { PATH: [own, '/usr/bin'].join(delimiter), HOME: '/root' };
  assert.equal(pathFor(env, '/my checkout', { withCheckout: false }).PATH, '/usr/bin');
  assert.equal(pathFor(env, '/my checkout', { withCheckout: true }).PATH, [own, '/usr/bin'].join(delimiter));
});

test('what npm says is told in plain words', () => {
  assert.match(explainNpmFailure('npm error code EAI_AGAIN'), /needs the network/);
  assert.match(explainNpmFailure('npm error ENOSPC: no space left on device'), /disk is full/);
  assert.match(explainNpmFailure('npm error code EACCES'), /as the user who starts it/);
  assert.match(explainNpmFailure('npm error something else'), /its last lines are below/);
});
