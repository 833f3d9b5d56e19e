import { escapeIdentifier } from 'pg';
import type { Database } from '../database.ts';
import { ALL_PROBES, minuteTable, sampleTable } from './columns.ts';

const DAY_MS = 86_400_000;

export const dayOf = (timeMs: number): number => Math.floor(timeMs / DAY_MS);

/** Makes day partitions and remembers which are there. */
export interface Partitions {
  /** Days since the epoch, UTC. */
  ensure(days: Iterable<number>): Promise<void>;
}

export function managePartitions(db: Database): Partitions {
  const known = new Set<number>();
  return {
    async ensure(days) {
      for (const day of days) {
        if (known.has(day)) continue;
        await createDay(db, day);
        known.add(day);
      }
    },
  };
}

async function createDay(db: Database, day: number): Promise<void> {
  const from = new Date(day * DAY_MS).toISOString();
  const to = new Date((day + 1) * DAY_MS).toISOString();
  const suffix = from.slice(0, 10).replaceAll('-', '');
  await db.transaction(async (tx) => {
    // Two replicas may want the same day at once.
    await tx.query('select pg_advisory_xact_lock($1, $2)', [0x7377, day]);
    for (const table of ALL_PROBES.flatMap((probe) => [sampleTable(probe.name), minuteTable(probe.name)])) {
      await tx.query(
        `create table if not exists ${escapeIdentifier(`${table}_${suffix}`)} partition of ${escapeIdentifier(table)}
         for values from ('${from}') to ('${to}')`,
      );
    }
  });
}
