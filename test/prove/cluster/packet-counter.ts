import type { LabNode } from '../../support/cluster/cluster.ts';

export interface PacketCounter {
  /** Echo requests that have left the node for the address so far. */
  read(): Promise<number>;
  remove(): Promise<void>;
}

const TABLE = 'streamswarm_count';

/** Counts, in the node's own kernel, the echo requests to one address. */
export async function countEchoes(node: LabNode, address: string): Promise<PacketCounter> {
  const nft = async (text: string): Promise<string> => {
    const { code, stdout, stderr } = await node.exec(['nft', ...text.split(' ')]);
    if (code !== 0) throw new Error(`nft ${text}: ${stderr}`);
    return stdout;
  };
  await nft(`add table ip ${TABLE}`);
  await nft(`add chain ip ${TABLE} out { type filter hook output priority 0 ; }`);
  await nft(`add rule ip ${TABLE} out ip daddr ${address} icmp type echo-request counter`);
  return {
    async read() {
      const listed = await nft(`list table ip ${TABLE}`);
      return Number(/packets ([0-9]+)/.exec(listed)?.[1] ?? Number.NaN);
    },
    remove: async () => void (await nft(`delete table ip ${TABLE}`)),
  };
}
