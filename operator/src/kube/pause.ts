import type { KubeClient } from './kube-client.ts';
import { KubeError } from './kube-error.ts';
import type { Timers } from './timers.ts';

export interface Pause {
  /**
   * Resolves after `ms`; sooner where the API server comes back from an outage (then with true), or at the end. One
   * at a time.
   */
  wait(ms: number, because: { readonly error: unknown }): Promise<boolean>;
  /** From now on nothing waits. */
  end(): void;
}

/** Caches that were all woken by one return do not ask in the same instant. */
const SPREAD_MS = 1_000;

export function startPause(options: {
  readonly client: Pick<KubeClient, 'onReturn'>;
  readonly timers: Timers;
  random(): number;
}): Pause {
  const { client, timers, random } = options;
  let isOver = false;
  let wake = (): void => undefined;
  return {
    wait(ms, { error }) {
      if (isOver) return Promise.resolve(false);
      return new Promise((resolve) => {
        let hasReturned = false;
        let cancel = timers.after(ms, () => wake());
        const unsubscribe = isOutage(error)
          ? client.onReturn(() => {
              hasReturned = true;
              cancel();
              cancel = timers.after(random() * Math.min(SPREAD_MS, ms), () => wake());
            })
          : () => undefined;
        wake = () => {
          wake = () => undefined;
          cancel();
          unsubscribe();
          resolve(hasReturned);
        };
      });
    },
    end() {
      isOver = true;
      wake();
    },
  };
}

/** No answer, or one of a server that is not ready or of a proxy before it; never one that says how long to wait. */
function isOutage(error: unknown): boolean {
  if (!(error instanceof KubeError) || error.retryAfterMs !== null) return false;
  return error.status === 0 || (error.status >= 502 && error.status <= 504);
}
