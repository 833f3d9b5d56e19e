import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressDenial, canonical, type Denial, type PolicyContext } from './address-policy.ts';

const ordinary: PolicyContext = {
  ownServers: new Set(['169.254.1.1', '169.254.20.10', canonical('fe80::1')]),
  broadcasts: new Set(['192.168.1.255']),
  allowLoopback: true,
};

const TABLE: readonly [string, Denial | null][] = [
  ['8.8.8.8', null],
  ['10.0.0.1', null],
  ['172.16.5.4', null],
  ['192.168.1.1', null],
  ['192.168.2.255', null],
  ['100.64.0.1', null],
  ['198.18.0.1', null],
  ['240.0.0.1', null],
  ['127.0.0.1', null],
  ['127.255.255.254', null],
  ['2001:db8::1', null],
  ['2606:4700::1111', null],
  ['fd00::1', null],
  ['fc00:1::1', null],
  ['::1', null],
  // cloud metadata
  ['169.254.169.254', 'metadata-address'],
  ['169.254.170.2', 'metadata-address'],
  ['169.254.170.23', 'metadata-address'],
  ['100.100.100.200', 'metadata-address'],
  ['192.0.0.192', 'metadata-address'],
  ['168.63.129.16', 'metadata-address'],
  ['fd00:ec2::254', 'metadata-address'],
  ['fd00:0ec2:0:0:0:0:0:0254', 'metadata-address'],
  ['FD00:EC2::254', 'metadata-address'],
  ['fd00:ec2::23', 'metadata-address'],
  ['fd20:ce::254', 'metadata-address'],
  ['fe80::a9fe:a9fe', 'metadata-address'],
  ['168.63.129.17', null],
  ['100.100.100.201', null],
  // link-local, and what this host uses itself
  ['169.254.0.1', 'link-local'],
  ['169.254.255.254', 'link-local'],
  ['169.253.255.255', null],
  ['169.255.0.0', null],
  ['169.254.1.1', null],
  ['169.254.20.10', null],
  ['fe80::1', null],
  ['fe80::1%eth0', null],
  ['fe80:0:0:0:0:0:0:1', null],
  ['fe80::2', 'link-local'],
  ['fe80::2%eth0', 'link-local'],
  ['febf::1', 'link-local'],
  ['fec0::1', null],
  // nobody and everybody
  ['0.0.0.0', 'unspecified'],
  ['0.1.2.3', 'unspecified'],
  ['::', 'unspecified'],
  ['0:0:0:0:0:0:0:0', 'unspecified'],
  ['224.0.0.1', 'multicast'],
  ['239.255.255.255', 'multicast'],
  ['ff02::1', 'multicast'],
  ['ff0e::101', 'multicast'],
  ['255.255.255.255', 'broadcast'],
  ['192.168.1.255', 'broadcast'],
  // an IPv4 address inside an IPv6 one
  ['::ffff:169.254.169.254', 'metadata-address'],
  ['::ffff:a9fe:a9fe', 'metadata-address'],
  ['::ffff:8.8.8.8', null],
  ['::ffff:127.0.0.1', null],
  ['::ffff:0.0.0.0', 'unspecified'],
  ['::ffff:224.0.0.1', 'multicast'],
  ['::ffff:255.255.255.255', 'broadcast'],
  ['::169.254.169.254', 'metadata-address'],
  ['::a9fe:1', 'link-local'],
  ['::ffff:0:169.254.169.254', 'metadata-address'],
  ['64:ff9b::169.254.169.254', 'metadata-address'],
  ['64:ff9b::a9fe:a9fe', 'metadata-address'],
  ['64:ff9b::8.8.8.8', null],
  ['64:ff9b::224.0.0.251', 'multicast'],
  ['64:ff9b:1::a9fe:a9fe', 'metadata-address'],
  ['64:ff9b:1:a9fe:a9:fe00::', 'metadata-address'],
  ['64:ff9b:1:ab:a9:fea9:fe00:0', 'metadata-address'],
  ['2002:a9fe:a9fe::1', 'metadata-address'],
  ['2002:a9fe:1::', 'link-local'],
  ['2002:808:808::1', null],
  ['2001:0:a9fe:a9fe::', 'metadata-address'],
  ['2001:0:808:808::5601:5601', 'metadata-address'],
  ['2001:db8::5efe:169.254.169.254', 'metadata-address'],
  ['2001:db8::200:5efe:8.8.8.8', null],
  // no addresses at all
  ['localhost', 'not-an-address'],
  ['0x7f.1', 'not-an-address'],
  ['2130706433', 'not-an-address'],
  ['', 'not-an-address'],
];

test('each address of the table gets its verdict', () => {
  assert.ok(TABLE.length >= 60);
  for (const [address, expected] of TABLE) assert.equal(addressDenial(address, ordinary), expected, address);
});

test('metadata is reachable only where it is this host’s own resolver', () => {
  const azure = { ...ordinary, ownServers: new Set(['168.63.129.16']) };
  assert.equal(addressDenial('168.63.129.16', azure), null);
  assert.equal(addressDenial('169.254.169.254', azure), 'metadata-address');
});

test('nothing excepts multicast, broadcast and the unspecified address', () => {
  const strange = {
    ...ordinary,
    ownServers: new Set(['224.0.0.1', '0.0.0.0', '255.255.255.255', canonical('ff02::1')]),
  };
  assert.equal(addressDenial('224.0.0.1', strange), 'multicast');
  assert.equal(addressDenial('0.0.0.0', strange), 'unspecified');
  assert.equal(addressDenial('255.255.255.255', strange), 'broadcast');
  assert.equal(addressDenial('ff02::1', strange), 'multicast');
});

test('loopback can be closed, in every notation', () => {
  const closed = { ...ordinary, allowLoopback: false };
  for (const address of ['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1', '64:ff9b::127.0.0.1']) {
    assert.equal(addressDenial(address, closed), 'loopback', address);
  }
});
