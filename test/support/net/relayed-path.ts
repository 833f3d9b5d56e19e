import type { Namespace } from './namespace.ts';
import type { NetworkLab } from './network-lab.ts';
import { Relay } from './relay/relay.ts';

export interface RelayedPath {
  client: Namespace;
  server: Namespace;
  serverAddress: { 4: string; 6: string };
  relay: Relay;
}

/** client - relay - server on one subnet. The relay has no address: it is a cable with a delay. */
export async function relayedPath(lab: NetworkLab): Promise<RelayedPath> {
  const client = lab.namespace('client');
  const middle = lab.namespace('relay');
  const server = lab.namespace('server');
  for (const [end, peer] of [
    ['near', 'client0'],
    ['far', 'server0'],
  ] as const) {
    middle.ip('link', 'add', end, 'type', 'veth', 'peer', 'name', peer);
    // The relay's own ends speak for nobody: no neighbour discovery, no multicast reports.
    middle.sysctl(`net.ipv6.conf.${end}.disable_ipv6`, '1');
    middle.up(end);
  }
  const relay = await Relay.start({
    netns: middle.name,
    devices: ['near', 'far'],
    peers: ['client0', 'server0'],
  });
  const ends = [
    [client, 'client0', '198.18.3.1/24', 'fd00:198:18:3::1/64'],
    [server, 'server0', '198.18.3.2/24', 'fd00:198:18:3::2/64'],
  ] as const;
  for (const [namespace, device, address4, address6] of ends) {
    middle.ip('link', 'set', device, 'netns', namespace.name, 'name', 'eth0');
    namespace.address('eth0', address4, address6);
    namespace.up('eth0');
  }
  return { client, server, serverAddress: { 4: '198.18.3.2', 6: 'fd00:198:18:3::2' }, relay };
}
