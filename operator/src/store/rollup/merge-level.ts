import { type Histogram, type Probe, ROLLUP_LEVELS, type RollupLevel } from '@streamswarm/contract';
import { escapeIdentifier } from 'pg';
import type { Database } from '../database.ts';
import { copyRows } from '../ingest/copy-text.ts';
import { ROLLUP_MS, rollupColumnNames, rollupOf, rollupTable } from '../tables/columns.ts';
import { dayOf, type Partitions } from '../tables/partitions.ts';
import { CLOSED_AFTER_MS, KEYS_AT_ONCE } from './closed-times.ts';
import { addUp, emptyRollup, type RollupRow, rollupValues } from './rollup-row.ts';

interface Key {
  readonly stream: string;
  readonly beginMs: number;
}

/**
 * Merges the rows of one stream and closed time into one, and adds those that are new to the next coarser level.
 * A row is carried on when it is taken out to be merged, in the same transaction: exactly once, also when it came
 * late and its time had been merged before. Returns how many keys were merged.
 */
export async function mergeLevel(
  db: Database,
  partitions: Partitions,
  { probe, level }: { probe: Probe; level: RollupLevel },
): Promise<number> {
  const keys = await openKeys(db, rollupTable(probe.name, level), CLOSED_AFTER_MS[level]);
  if (keys.length === 0) return 0;
  await partitions.ensure(new Set(keys.map((key) => dayOf(key.beginMs))));
  await db.transaction(async (tx) => {
    const parts = await tx.query<Record<string, unknown>>(
      `delete from ${escapeIdentifier(rollupTable(probe.name, level))} as part
       using unnest($1::int8[], $2::timestamptz[]) as key (stream, ts)
       where part.stream = key.stream and part.ts = key.ts and part.ts >= $3 and part.ts <= $4
       returning part.*, part.stream::text as stream, (extract(epoch from part.ts) * 1000)::float8 as "beginMs"`,
      parameters(keys),
    );
    const { whole, coarser } = mergeParts(probe, level, parts);
    const columns = rollupColumnNames(probe);
    await copyRows(
      tx,
      rollupTable(probe.name, level),
      columns,
      whole.map((row) => rollupValues(probe, row, true)),
    );
    const next = ROLLUP_LEVELS[ROLLUP_LEVELS.indexOf(level) + 1];
    if (next === undefined) return;
    await copyRows(
      tx,
      rollupTable(probe.name, next),
      columns,
      coarser(ROLLUP_MS[next]).map((row) => rollupValues(probe, row)),
    );
  });
  return keys.length;
}

async function openKeys(db: Database, table: string, closedAfterMs: number): Promise<Key[]> {
  return await db.query<Key>(
    `select stream::text as stream, (extract(epoch from ts) * 1000)::float8 as "beginMs"
     from ${escapeIdentifier(table)} where not merged and ts < clock_timestamp() - make_interval(secs => $1)
     group by ts, stream order by ts limit $2`,
    [closedAfterMs / 1_000, KEYS_AT_ONCE],
  );
}

function parameters(keys: readonly Key[]): unknown[] {
  const times = keys.map((key) => new Date(key.beginMs).toISOString());
  return [keys.map((key) => key.stream), times, times[0], times.at(-1)];
}

/** One row a key out of all its parts, and one a stream and coarser time out of the parts that are new. */
function mergeParts(
  probe: Probe,
  level: RollupLevel,
  parts: readonly Readonly<Record<string, unknown>>[],
): { whole: RollupRow[]; coarser: (lengthMs: number) => RollupRow[] } {
  const rows = parts.map((part) => ({ row: rowOf(probe, part), isNew: part['merged'] !== true }));
  return {
    whole: addUp(
      rows.map(({ row }) => row),
      ROLLUP_MS[level],
    ),
    coarser: (lengthMs) =>
      addUp(
        rows.flatMap(({ row, isNew }) => (isNew ? [row] : [])),
        lengthMs,
      ),
  };
}

function rowOf(probe: Probe, part: Readonly<Record<string, unknown>>): RollupRow {
  const row = emptyRollup(String(part['stream']), Number(part['beginMs']));
  for (const outcome of ['ok', 'lost', 'error'] as const) row[outcome] = Number(part[outcome]);
  for (const metric of probe.metrics) {
    const sum = part[`${metric.name}_sum`];
    if (rollupOf(metric) === 'none' || sum === null || sum === undefined) continue;
    row.metrics.set(metric.name, {
      n: Number(part[`${metric.name}_n`] ?? 0),
      sum: Number(sum),
      min: numberOrNull(part[`${metric.name}_min`]),
      max: numberOrNull(part[`${metric.name}_max`]),
      hist: (part[`${metric.name}_hist`] as Histogram | null | undefined) ?? null,
    });
  }
  return row;
}

function numberOrNull(value: unknown): number | null {
  return value === null || value === undefined ? null : Number(value);
}
