import type { Logger } from 'pino';
import { closeBooks } from '../../store/books/close-books.ts';
import { clockMs, type Database } from '../../store/database.ts';
import { dropPartitions } from '../../store/retention/drop-partitions.ts';
import { dropSubmitted } from '../../store/retention/drop-submitted.ts';
import { foldLedger } from '../../store/retention/fold-ledger.ts';
import { loadRetention } from '../../store/retention/settings.ts';
import { every } from '../every.ts';
import type { Leadership } from '../leader-loop.ts';

const TURN_MS = 60_000;
const DAY_MS = 86_400_000;

export interface RetentionControllerOptions {
  readonly db: Database;
  readonly logger: Logger;
  readonly mayWrite: Leadership['mayWrite'];
}

/** Closes the books of what is settled, drops what is kept no longer and folds the ledger, while it leads. */
export function startRetentionController(options: RetentionControllerOptions): { stop(): Promise<void> } {
  const { db, logger, mayWrite } = options;
  let isStopped = false;
  const goesOn = (): boolean => !isStopped && mayWrite();
  const turns = every(TURN_MS, logger, async () => {
    const { days } = await loadRetention(db);
    const nowMs = await clockMs(db);
    const giveUpMs = nowMs - days['1m'] * DAY_MS;
    while (goesOn() && (await closeBooks(db, { nowMs, giveUpMs })) > 0);
    if (!goesOn()) return;
    const dropped = await dropPartitions(db, days, nowMs);
    while (goesOn() && (await dropSubmitted(db, days, nowMs)));
    await foldLedger(db, goesOn);
    if (dropped.length > 0) logger.info({ dropped }, 'dropped what is kept no longer');
  });
  return {
    async stop() {
      isStopped = true;
      await turns.stop();
    },
  };
}
