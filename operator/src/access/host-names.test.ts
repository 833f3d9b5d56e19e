import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isHostOf } from './host-names.ts';

const NAMES = {
  dnsNames: ['Swarm.example.net', 'localhost'],
  ips: ['192.0.2.7', '2001:db8::7', '127.0.0.1'],
};

for (const host of [
  'swarm.example.net',
  'SWARM.example.net:5000',
  'swarm.example.net.:5000',
  '192.0.2.7:5000',
  '[2001:db8:0::0007]:5000',
  'localhost',
]) {
  test(`Host ${host} is ours`, () => assert.equal(isHostOf(NAMES, host), true));
}
for (const host of [
  undefined,
  '',
  'evil.example',
  'swarm.example.net.evil.example',
  '192.0.2.8:5000',
  '192.0.2.7.nip.io',
  'swarm.example.net:5000:1',
  'swarm.example.net@evil.example',
  'evil.example/swarm.example.net',
  '2001:db8::7',
  '[2001:db8::8]:5000',
]) {
  test(`Host ${host} is not ours`, () => assert.equal(isHostOf(NAMES, host), false));
}
