import type { RollupLevel } from '@streamswarm/contract';

/**
 * So long after its begin a time is closed: its slots have their answers, the batches of a short outage are in, and
 * the level below has been merged. Closing too early costs a second merge and nothing else.
 */
export const CLOSED_AFTER_MS: Readonly<Record<RollupLevel, number>> = {
  '1m': 2 * 60_000,
  '10m': 13 * 60_000,
  '1h': 75 * 60_000,
};

/** Keys a transaction, so that none is long. */
export const KEYS_AT_ONCE = 2_000;
