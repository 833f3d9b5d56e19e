import { connect, type Namespace } from './namespace.ts';
import type { NetworkLab } from './network-lab.ts';

export interface RouterChain {
  readonly client: Namespace;
  readonly routers: readonly Namespace[];
  readonly server: Namespace;
  readonly serverAddress: { readonly 4: string; readonly 6: string };
  /** What a trace from the client sees, in order: the near side of each router, then the server. */
  readonly hops: { readonly 4: readonly string[]; readonly 6: readonly string[] };
}

/** The two ends of the nth cable, from 1. */
const near = (n: number): { 4: string; 6: string } => ({ 4: `198.18.${n}.1`, 6: `fd00:198:18:${n}::1` });
const far = (n: number): { 4: string; 6: string } => ({ 4: `198.18.${n}.2`, 6: `fd00:198:18:${n}::2` });

/** client - router 1 - ... - router `count` - server, both families; on each host `left` and `right` are its devices. */
export function routerChain(lab: NetworkLab, count: number): RouterChain {
  const client = lab.namespace('client');
  const routers = Array.from({ length: count }, (_, i) => lab.namespace(`router${i + 1}`));
  const server = lab.namespace('server');
  const hosts = [client, ...routers, server];
  for (const router of routers) letThrough(router);
  for (const [i, right] of [...routers, server].entries()) {
    const left = hosts[i] ?? client;
    const n = i + 1;
    connect(left, 'right', right, 'left');
    left.address('right', `${near(n)[4]}/24`, `${near(n)[6]}/64`);
    right.address('left', `${far(n)[4]}/24`, `${far(n)[6]}/64`);
    for (const hop of Object.values(near(n))) {
      if (right === server) right.defaultRoute(hop);
      else routeBack(right, n, hop);
    }
    for (const hop of Object.values(far(n))) left.defaultRoute(hop);
  }
  const seen = hosts.slice(1).map((_, i) => far(i + 1));
  return {
    client,
    routers,
    server,
    serverAddress: far(count + 1),
    hops: { 4: seen.map((at) => at[4]), 6: seen.map((at) => at[6]) },
  };
}

function letThrough(router: Namespace): void {
  router.sysctl('net.ipv4.ip_forward', '1');
  router.sysctl('net.ipv6.conf.all.forwarding', '1');
  // Each question is to be answered, not every few.
  router.sysctl('net.ipv4.icmp_ratelimit', '0');
  router.sysctl('net.ipv6.icmp.ratelimit', '0');
}

/** The default route of a router leads on; every cable before its own is behind it. */
function routeBack(router: Namespace, own: number, hop: string): void {
  for (let n = 1; n < own; n++) {
    const net = hop.includes(':') ? `fd00:198:18:${n}::/64` : `198.18.${n}.0/24`;
    router.ip('route', 'add', net, 'via', hop);
  }
}
