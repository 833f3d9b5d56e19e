import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gatewayFromRouteGet, gatewayFromRoutes, resolverFromConf } from './surroundings.ts';

const HEAD = 'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n';

test('the default route with the lowest metric wins', () => {
  const wlan = 'wlan0\t00000000\t010012C6\t0003\t0\t0\t600\t00000000\t0\t0\t0\n';
  const eth = 'eth0\t00000000\t0200A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0\n';
  const local = 'eth0\t0000A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0\n';
  assert.equal(gatewayFromRoutes(HEAD + wlan + local), '198.18.0.1');
  assert.equal(gatewayFromRoutes(HEAD + wlan + eth), '192.168.0.2');
});

test('a route without a gateway, a half default of a VPN and no route at all are no gateway', () => {
  const direct = 'ppp0\t00000000\t00000000\t0001\t0\t0\t0\t00000000\t0\t0\t0\n';
  const half = 'tun0\t00000000\t010012C6\t0003\t0\t0\t0\t00000080\t0\t0\t0\n';
  assert.equal(gatewayFromRoutes(HEAD + direct + half), null);
  assert.equal(gatewayFromRoutes(''), null);
});

test('macOS and resolv.conf', () => {
  assert.equal(
    gatewayFromRouteGet('   route to: default\n    gateway: 192.0.2.1\n  interface: en0\n'),
    '192.0.2.1',
  );
  assert.equal(gatewayFromRouteGet('route: not in table'), null);
  assert.equal(
    resolverFromConf('# made by hand\nsearch example.net\nnameserver 127.0.0.53\nnameserver 192.0.2.9\n'),
    '127.0.0.53',
  );
  assert.equal(resolverFromConf('#nameserver 192.0.2.1\n'), null);
});
