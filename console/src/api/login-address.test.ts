import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loginAddress, pageAfterLogin } from './login-address.ts';

const ORIGIN = 'https://swarm.example.net:5000';

test('a page that needs a login leads there and back', () => {
  const page = '/tests/view/?test=shop/edge&tab=events';
  const address = loginAddress(page);
  assert.equal(pageAfterLogin(new URL(address, ORIGIN).searchParams.get('next'), ORIGIN), page);
  assert.equal(loginAddress('/'), '/login/');
  assert.equal(loginAddress('/login/?next=/tests/'), '/login/');
});

test('no link leads from the login to another site', () => {
  for (const next of [
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    'javascript:alert(1)',
    'data:text/html,x',
    'https://swarm.example.net:5001/',
    'http://swarm.example.net:5000/',
    '/login/?next=/login/',
    '//',
    null,
  ]) {
    assert.equal(pageAfterLogin(next, ORIGIN), '/', String(next));
  }
});
