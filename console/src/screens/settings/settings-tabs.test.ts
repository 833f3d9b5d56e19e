import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSettingsTab, tabsFor } from './settings-tabs.ts';

test('an admin sees all, a viewer the own account, this host all but an account', () => {
  assert.deepEqual(tabsFor({ kind: 'user', role: 'admin' }), [
    'account',
    'users',
    'tokens',
    'hosts',
    'retention',
    'audit',
  ]);
  assert.deepEqual(tabsFor({ kind: 'user', role: 'viewer' }), ['account']);
  assert.deepEqual(tabsFor({ kind: 'local', role: 'admin' }), [
    'users',
    'tokens',
    'hosts',
    'retention',
    'audit',
  ]);
});

test('an address asks for a tab; one that is not there leads to the first', () => {
  assert.equal(readSettingsTab('audit', ['users', 'audit']), 'audit');
  assert.equal(readSettingsTab('audit', ['account']), 'account');
  assert.equal(readSettingsTab(null, []), null);
});
