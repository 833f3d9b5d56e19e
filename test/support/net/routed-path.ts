import { connect, type Namespace } from './namespace.ts';
import type { NetworkLab } from './network-lab.ts';

export interface RoutedPath {
  client: Namespace;
  router: Namespace;
  server: Namespace;
  clientAddress: { 4: string; 6: string };
  serverAddress: { 4: string; 6: string };
}

/** client - router - server, both families; the client's device is called eth0. */
export function routedPath(lab: NetworkLab): RoutedPath {
  const client = lab.namespace('client');
  const router = lab.namespace('router');
  const server = lab.namespace('server');
  connect(client, 'eth0', router, 'left');
  connect(router, 'right', server, 'eth0');
  client.address('eth0', '198.18.1.1/24', 'fd00:198:18:1::1/64');
  router.address('left', '198.18.1.254/24', 'fd00:198:18:1::fe/64');
  router.address('right', '198.18.2.254/24', 'fd00:198:18:2::fe/64');
  server.address('eth0', '198.18.2.1/24', 'fd00:198:18:2::1/64');
  router.sysctl('net.ipv4.ip_forward', '1');
  router.sysctl('net.ipv6.conf.all.forwarding', '1');
  // Errors are to be counted, not throttled.
  router.sysctl('net.ipv4.icmp_ratelimit', '0');
  router.sysctl('net.ipv6.icmp.ratelimit', '0');
  for (const hop of ['198.18.1.254', 'fd00:198:18:1::fe']) client.defaultRoute(hop);
  for (const hop of ['198.18.2.254', 'fd00:198:18:2::fe']) server.defaultRoute(hop);
  return {
    client,
    router,
    server,
    clientAddress: { 4: '198.18.1.1', 6: 'fd00:198:18:1::1' },
    serverAddress: { 4: '198.18.2.1', 6: 'fd00:198:18:2::1' },
  };
}
