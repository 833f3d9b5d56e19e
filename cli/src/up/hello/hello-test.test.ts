import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkStreamTest, probePairs } from '@streamswarm/contract';
import { type HelloFacts, helloTest } from './hello-test.ts';

const facts: HelloFacts = {
  mode: 'full',
  gateway: '198.18.0.1',
  resolver: '127.0.0.53',
  consoleUrl: 'http://127.0.0.1:5000',
};

function destinations(given: Partial<HelloFacts>): string[] {
  const manifest = helloTest({ ...facts, ...given });
  assert.deepEqual(checkStreamTest(manifest), { ok: true, test: manifest });
  return manifest?.spec.destinations.map((destination) => destination.name) ?? [];
}

test('measures what lies around the machine and passes admission', () => {
  assert.deepEqual(destinations({}), ['gateway', 'resolver', 'console', 'loopback']);
  const pairs = probePairs(helloTest(facts)?.spec ?? { destinations: [] });
  assert.deepEqual(
    pairs.map((pair) => `${pair.probe.name}>${pair.destination?.name ?? ''}`),
    ['icmp>gateway', 'icmp>resolver', 'icmp>console', 'icmp>loopback', 'tcp>console', 'host>'],
  );
  assert.ok(pairs.every((pair) => pair.applicability.applies && pair.probe.periodMs === 2_000));
});

test('what is not there is left out', () => {
  assert.deepEqual(destinations({ gateway: null }), ['resolver', 'console', 'loopback']);
  assert.deepEqual(destinations({ resolver: 'fe80::1%eth0' }), ['gateway', 'console', 'loopback']);
  assert.deepEqual(destinations({ gateway: null, resolver: null }), ['console', 'loopback']);
});

test('loopback mode touches nothing beyond this machine, off measures nothing', () => {
  assert.deepEqual(destinations({ mode: 'loopback' }), ['console', 'loopback']);
  assert.equal(helloTest({ ...facts, mode: 'off' }), null);
});
