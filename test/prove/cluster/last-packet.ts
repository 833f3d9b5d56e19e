import { setTimeout as delay } from 'node:timers/promises';
import type { InstalledProduct } from '../../support/installed-product.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { manifest } from './manifests.ts';
import { countEchoes } from './packet-counter.ts';

export interface LastPacketFigures {
  readonly tries: number;
  /** From the start of `kubectl delete` until the last packet of any node, s; the worst of all tries. */
  readonly worstSeconds: number;
}

const WATCHED_MS = 5_000;

/** When a deleted test really falls silent: the nodes' own packet counters say it. */
export async function lastPacket(product: InstalledProduct, tries: number): Promise<LastPacketFigures> {
  const { hostAddress, nodes } = product.cluster;
  const counters = await Promise.all(nodes.map((node) => countEchoes(node, hostAddress)));
  const read = async (): Promise<number> => {
    const counts = await Promise.all(counters.map((counter) => counter.read()));
    return counts.reduce((sum, count) => sum + count, 0);
  };
  let worstSeconds = 0;
  try {
    for (let n = 0; n < tries; n++) {
      const name = `silence-${n}`;
      const text = manifest(name, {
        destinations: [{ name: 'outside', host: hostAddress }],
        probes: [{ icmp: { count: 5 } }],
        interval: '1s',
      });
      const before = await read();
      await product.kubectl(['apply', '-f', '-'], text);
      await waitUntil('every node sends', async () => (await read()) > before + nodes.length * 5);
      const deletedMs = performance.now();
      const deleted = product.kubectl(['delete', 'stt', name, '-n', 'default', '--wait=false']);
      let last = { count: await read(), atMs: performance.now() };
      while (performance.now() - deletedMs < WATCHED_MS) {
        const count = await read();
        if (count !== last.count) last = { count, atMs: performance.now() };
        await delay(20);
      }
      await deleted;
      worstSeconds = Math.max(worstSeconds, (last.atMs - deletedMs) / 1_000);
    }
  } finally {
    for (const counter of counters) await counter.remove();
  }
  return { tries, worstSeconds };
}
