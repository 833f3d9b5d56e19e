import type { Namespace } from './namespace.ts';

const TABLE = 'flows';

const WHAT = {
  4: { match: 'icmp type echo-request', key: 'ip saddr . ip daddr . icmp id . icmp checksum' },
  6: {
    match: 'icmpv6 type echo-request',
    key: 'ip6 saddr . ip6 daddr . ip6 flowlabel . icmpv6 id . icmpv6 checksum',
  },
} as const;

/** Watches echo requests that a router forwards: by all that a balancing router could tell them apart by. */
export function watchFlows(router: Namespace, family: 4 | 6): { seen(): number } {
  const { match, key } = WHAT[family];
  const nft = (...words: string[]): string => router.run('nft', ...words);
  nft(`add table inet ${TABLE}`);
  nft(`add set inet ${TABLE} seen { typeof ${key}; flags dynamic; size 1024; }`);
  nft(`add chain inet ${TABLE} watch { type filter hook forward priority 0; policy accept; }`);
  nft(`add rule inet ${TABLE} watch ${match} add @seen { ${key} }`);
  return {
    seen() {
      const answer = nft('-j', 'list', 'set', 'inet', TABLE, 'seen');
      const { nftables } = JSON.parse(answer) as { nftables: { set?: { elem?: unknown[] } }[] };
      return nftables.find(({ set }) => set !== undefined)?.set?.elem?.length ?? 0;
    },
  };
}
