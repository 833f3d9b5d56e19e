import type { LookupAddress } from 'node:dns';
import { systemTimers } from '../../../agent/src/clock/timers.ts';
import { watchSockets } from '../../../agent/src/native/watch-sockets.ts';
import type { Reach } from '../../../agent/src/probes/reach.ts';
import { Resolver } from '../../../agent/src/resolve/resolver.ts';

/** What a probe may use of a host on which every name leads to one address; each lookup may be held. */
export function ownReach(
  address: string,
  { holdMs = () => 0, denial = () => null }: { holdMs?(): number; denial?: Reach['denial'] } = {},
): Reach & { readonly heldSeconds: readonly number[] } {
  const heldSeconds: number[] = [];
  const resolver = new Resolver({
    async lookup(): Promise<LookupAddress[]> {
      const beganMs = performance.now();
      const ms = holdMs();
      if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
      heldSeconds.push((performance.now() - beganMs) / 1e3);
      return [{ address, family: 4 }];
    },
    concurrency: 2,
    after: systemTimers.after,
    monotonicMs: systemTimers.monotonicMs,
  });
  return {
    heldSeconds,
    resolve: (host, family, timeoutMs) => resolver.resolve(host, family, timeoutMs),
    denial,
    nameServers: () => [],
    watchSockets,
  };
}
