import type { Logger } from 'pino';
import { GIVE_UP_MS, NotLeading, RENEW_MS } from '../store/planning/leadership.ts';

export interface LeaderLoopOptions {
  /** Epoch of our leadership, or null while another leads. */
  acquire(): Promise<number | null>;
  release(): Promise<void>;
  /** Begins to lead; what it returns ends it. */
  lead(leadership: Leadership): { stop(): Promise<void> };
  readonly logger: Logger;
  /** Monotonic, ms. */
  monotonicMs(): number;
}

export interface Leadership {
  /** Fences every planning transaction. */
  readonly epoch: number;
  /** False once the lease has not been renewed for 10 s: another may lead by now, so nothing is written elsewhere. */
  mayWrite(): boolean;
}

/**
 * Leads while the lease is renewed. A leader that could not renew for 10 s stops by itself, before anybody else
 * may take over; what it wrote meanwhile is fenced by its epoch.
 */
export function startLeaderLoop(options: LeaderLoopOptions): { stop(): Promise<void> } {
  const { acquire, release, lead, logger, monotonicMs } = options;
  let leading: { epoch: number; work: { stop(): Promise<void> } } | null = null;
  let renewedAt = 0;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  const resign = async (why: string): Promise<void> => {
    if (leading === null) return;
    logger.warn({ epoch: leading.epoch, why }, 'not leading any more');
    const { work } = leading;
    leading = null;
    await work.stop();
  };
  const turn = async (): Promise<void> => {
    // The lease counts from before it was asked for: an answer that came late must not make it longer.
    const askedAt = monotonicMs();
    try {
      const epoch = await acquire();
      if (epoch === null) await resign('another operator leads');
      else if (leading === null || leading.epoch !== epoch) {
        await resign('the epoch moved on');
        logger.info({ epoch }, 'leading');
        renewedAt = askedAt;
        leading = {
          epoch,
          work: lead({
            epoch,
            mayWrite: () => leading?.epoch === epoch && monotonicMs() - renewedAt <= GIVE_UP_MS,
          }),
        };
      }
      renewedAt = askedAt;
    } catch (error) {
      if (!(error instanceof NotLeading)) logger.debug({ err: error }, 'cannot renew leadership');
      if (leading !== null && monotonicMs() - renewedAt > GIVE_UP_MS)
        await resign('could not renew for 10 s');
    }
  };
  let current: Promise<void> = Promise.resolve();
  const loop = async (): Promise<void> => {
    await turn();
    if (stopped) return;
    timer = setTimeout(() => {
      current = loop();
    }, RENEW_MS);
  };
  current = loop();

  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await current;
      await leading?.work.stop();
      if (leading !== null) await release().catch(() => undefined);
    },
  };
}
