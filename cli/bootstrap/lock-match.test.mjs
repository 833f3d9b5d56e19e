import assert from 'node:assert/strict';
import { test } from 'node:test';
import { installedAsLocked } from './lock-match.mjs';

const lock = {
  packages: {
    '': {},
    cli: { version: '0.1.0' },
    'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
    'node_modules/streamswarm': { link: true },
    'node_modules/other-platform': { version: '1.0.0', integrity: 'sha512-o', optional: true },
  },
};
const installed = {
  packages: {
    cli: { version: '0.1.0' },
    'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
    'node_modules/streamswarm': { link: true },
  },
};
const changed = (/** @type {object} */ packages) => ({ packages: { ...installed.packages, ...packages } });

test('what npm installed is what the lock file asks for, packages for other platforms aside', () => {
  assert.equal(installedAsLocked(lock, installed), true);
});

test('another version, another content, a package too many or too few, and no installation at all', () => {
  assert.equal(
    installedAsLocked(lock, changed({ 'node_modules/a': { version: '1.0.1', integrity: 'sha512-a' } })),
    false,
  );
  assert.equal(
    installedAsLocked(lock, changed({ 'node_modules/a': { version: '1.0.0', integrity: 'sha512-b' } })),
    false,
  );
  assert.equal(installedAsLocked(lock, changed({ 'node_modules/b': { version: '1.0.0' } })), false);
  assert.equal(installedAsLocked(lock, { packages: { 'node_modules/streamswarm': { link: true } } }), false);
  assert.equal(installedAsLocked(lock, null), false);
});
