import type { Logger } from 'pino';
import { isForbidden, isNotFound, isUnauthorized } from './kube-error.ts';
import type { KubeTransport } from './kube-transport.ts';
import type { Timers } from './timers.ts';

const PROBE_EVERY_MS = 1_000;
const PROBE_LIMIT_MS = 2_000;

export interface Reachability {
  /**
   * Calls back once when the API server answers again after it was seen not to; the result unsubscribes. While
   * somebody waits, and only then, one small request a second asks.
   */
  onReturn(callback: () => void): () => void;
  stop(): void;
}

/**
 * Why it is there: after a long outage each back-off stands at up to 30 s, and every cache would come back so much
 * later than the API server. One shared probe of /readyz (open to everybody by the role system:public-info-viewer)
 * ends those waits. A server that is ready while some request fails is no return: that back-off runs on.
 */
export function watchReachability(
  transport: Pick<KubeTransport, 'send'>,
  { timers, logger }: { readonly timers: Timers; readonly logger: Logger },
): Reachability {
  const waiting = new Set<() => void>();
  let isDown = false;
  let cancel: (() => void) | null = null;
  let isAsking = false;

  const probe = async (): Promise<void> => {
    isAsking = true;
    const answers = await transport
      .send({ method: 'GET', path: '/readyz', isText: true, timeoutMs: PROBE_LIMIT_MS })
      .then(() => true, isAnswer);
    isAsking = false;
    if (!answers) {
      if (!isDown) logger.warn('the API server does not answer; asking every second');
      isDown = true;
    } else if (isDown) {
      isDown = false;
      logger.info('the API server answers again');
      const callbacks = [...waiting];
      waiting.clear();
      for (const callback of callbacks) callback();
    }
    schedule();
  };
  const schedule = (): void => {
    if (cancel !== null || isAsking || waiting.size === 0) return;
    cancel = timers.after(PROBE_EVERY_MS, () => {
      cancel = null;
      void probe();
    });
  };
  return {
    onReturn(callback) {
      waiting.add(callback);
      schedule();
      return () => {
        waiting.delete(callback);
        if (waiting.size > 0) return;
        cancel?.();
        cancel = null;
      };
    },
    stop() {
      waiting.clear();
      cancel?.();
      cancel = null;
    },
  };
}

/** A server that hides it is there all the same. */
function isAnswer(error: unknown): boolean {
  return isForbidden(error) || isUnauthorized(error) || isNotFound(error);
}
