import { PacketFilter } from '../../support/net/packet-filter.ts';
import type { TwoHosts } from '../../support/two-hosts.ts';

export interface CutWay {
  /** Packets that did not arrive, of both directions. */
  dropped(): number;
  heal(): void;
}

/**
 * Cuts the way between an agent and its operator, both ways. Packets are dropped where they arrive: of one that is
 * dropped on its way out the kernel knows, and sends it again at once.
 */
export function cutWay({ first, second }: TwoHosts): CutWay {
  const filters = [
    { filter: new PacketFilter(first, 'input'), match: 'tcp dport 5443' },
    { filter: new PacketFilter(second, 'input'), match: 'tcp sport 5443' },
  ];
  for (const { filter, match } of filters) filter.add('cut', match, 'drop');
  return {
    dropped: () => filters.reduce((sum, { filter }) => sum + filter.packets('cut'), 0),
    heal() {
      for (const host of [first, second]) host.run('nft', 'flush', 'ruleset');
    },
  };
}
