import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isHost, isHttpUrl, parseIpv6, urlEndpoint } from './address.ts';

test('hosts', () => {
  for (const good of [
    'edge.example.net',
    'a',
    'a.',
    '192.0.2.1',
    '2001:db8::1',
    '::1',
    '_dns.example',
    '169.254.169.254',
  ]) {
    assert.equal(isHost(good), true, good);
  }
  for (const bad of [
    'https://a.example/',
    '300.1.1.1',
    '::ffff:169.254.169.254',
    '0x7f000001',
    '0177.0.0.1',
    '1',
    'a:80',
    'a b',
    '',
    '-a',
    '2001:db8:::1',
    '1:2:3:4:5:6:7:8:9',
    '::ffff:a9fe:a9fe',
    'a..b',
    '127.1',
  ]) {
    assert.equal(isHost(bad), false, bad);
  }
});

test('IPv6 groups', () => {
  assert.deepEqual(parseIpv6('2001:db8::1'), [0x2001, 0xdb8, 0, 0, 0, 0, 0, 1]);
  assert.deepEqual(parseIpv6('::ffff:1.2.3.4'), [0, 0, 0, 0, 0, 0xffff, 0x102, 0x304]);
  assert.deepEqual(parseIpv6('64:ff9b::1.2.3.4'), [0x64, 0xff9b, 0, 0, 0, 0, 0x102, 0x304]);
  assert.deepEqual(parseIpv6('::'), [0, 0, 0, 0, 0, 0, 0, 0]);
});

test('URLs', () => {
  assert.equal(isHttpUrl('https://a.example/health'), true);
  for (const bad of [
    'a.example/health',
    'https//a.example',
    'ftp://a.example',
    'http://',
    'https://u:p@a.example/',
  ]) {
    assert.equal(isHttpUrl(bad), false, bad);
  }
  assert.deepEqual(urlEndpoint('https://[2001:db8::1]:8443/x'), { host: '2001:db8::1', port: 8443 });
  assert.deepEqual(urlEndpoint('http://a.example'), { host: 'a.example', port: 80 });
});
