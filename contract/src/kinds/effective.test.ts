import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tcp } from '../probes/tcp.ts';
import { destinationTarget } from './effective.ts';

test('where tcp connects to: its own port, else that of the URL, else 443', () => {
  const { host, url } = tcp.destinations;
  const target = (destination: Parameters<typeof destinationTarget>[0], options = {}) =>
    destinationTarget(destination, destination.url === undefined ? host : url, options);
  assert.deepEqual(target({ name: 'a', host: 'a.example' }), { host: 'a.example', port: 443 });
  assert.deepEqual(target({ name: 'a', host: 'a.example' }, { port: 25 }), { host: 'a.example', port: 25 });
  assert.deepEqual(target({ name: 'a', url: 'http://a.example/x' }), { host: 'a.example', port: 80 });
  assert.deepEqual(target({ name: 'a', url: 'https://[2001:db8::1]/' }), { host: '2001:db8::1', port: 443 });
  assert.deepEqual(target({ name: 'a', url: 'https://a.example:8443/' }, { port: 1 }), {
    host: 'a.example',
    port: 1,
  });
});
