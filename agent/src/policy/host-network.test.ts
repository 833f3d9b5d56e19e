import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonical } from './address-policy.ts';
import {
  broadcastOf,
  hostPolicyContext,
  parseIpv4Gateways,
  parseIpv6Gateways,
  parseResolvers,
} from './host-network.ts';

const ROUTE = `Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
eth0\t00000000\t0101A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0
eth0\t0001A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0
tun0\t00000000\t050510AC\t0003\t0\t0\t50\t00000080\t0\t0\t0
`;
const ROUTE6 = `00000000000000000000000000000000 00 00000000000000000000000000000000 00 fe800000000000000000000000000001 00000400 00000001 00000000 00450003     eth0
fe800000000000000000000000000000 40 00000000000000000000000000000000 00 00000000000000000000000000000000 00000100 00000001 00000000 00000001     eth0
00000000000000000000000000000000 00 00000000000000000000000000000000 00 00000000000000000000000000000000 ffffffff 00000001 00000000 00200200       lo
`;

test('default gateways and resolvers are read, and nothing else', () => {
  assert.deepEqual(parseIpv4Gateways(ROUTE), ['192.168.1.1']);
  assert.deepEqual(parseIpv6Gateways(ROUTE6), [canonical('fe80::1')]);
  assert.deepEqual(parseResolvers('# x\nnameserver 169.254.20.10\n nameserver fe80::53%eth0\nsearch a.b\n'), [
    '169.254.20.10',
    canonical('fe80::53'),
  ]);
});

test('a stub resolver is followed to the servers behind it', () => {
  const files: Record<string, string> = {
    '/etc/resolv.conf': 'nameserver 127.0.0.53\n',
    '/run/systemd/resolve/resolv.conf': 'nameserver 168.63.129.16\n',
    '/proc/net/route': ROUTE,
  };
  const context = hostPolicyContext({
    allowLoopback: true,
    interfaces: () => [{ address: '192.168.1.20', cidr: '192.168.1.20/24' }],
    read: (path) => files[path] ?? '',
  });
  assert.deepEqual([...context.ownServers], ['192.168.1.1', '127.0.0.53', '168.63.129.16']);
  assert.deepEqual([...context.broadcasts], ['192.168.1.255']);
});

test('broadcast addresses by prefix', () => {
  assert.equal(broadcastOf('10.1.2.3', 8), '10.255.255.255');
  assert.equal(broadcastOf('192.168.1.130', 25), '192.168.1.255');
  assert.equal(broadcastOf('192.168.1.1', 30), '192.168.1.3');
  assert.equal(broadcastOf('192.168.1.1', 31), null);
  assert.equal(broadcastOf('fe80::1', 64), null);
});
