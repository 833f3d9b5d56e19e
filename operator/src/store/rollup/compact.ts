import { type Histogram, PROBES, type Probe } from '@streamswarm/contract';
import { escapeIdentifier } from 'pg';
import type { Database, Transaction } from '../database.ts';
import { copyRows } from '../ingest/copy-text.ts';
import {
  emptyMinute,
  type MinuteRow,
  mergeMoments,
  minuteColumnNames,
  minuteValues,
} from '../ingest/minute-rollup.ts';
import { minuteTable, rollupOf } from '../tables/columns.ts';

/** A minute is closed once its slots have their answers and the batches of a short outage are in. */
const CLOSED_AFTER_SECONDS = 120;
/** Keys a transaction, so that none is long. */
const KEYS_AT_ONCE = 2_000;

/**
 * Merges the partial rows of closed minutes into one row each. Readers add partials up anyway, so nothing they
 * see changes; a minute that gets a late answer is merged again. Returns how many keys were merged.
 */
export async function compact(db: Database): Promise<number> {
  let merged = await compactSlotMinutes(db);
  for (const probe of Object.values(PROBES)) merged += await compactMinutes(db, probe);
  return merged;
}

async function compactSlotMinutes(db: Database): Promise<number> {
  const [row] = await db.query<{ merged: number }>(
    `with keys as (
       select span_id, minute from slot_minute
       where minute < floor(extract(epoch from clock_timestamp() - make_interval(secs => $1)) / 60)
       group by span_id, minute having count(*) > 1 limit $2
     ), parts as (
       delete from slot_minute using keys
       where slot_minute.span_id = keys.span_id and slot_minute.minute = keys.minute
       returning slot_minute.*
     ), reasons as (
       select span_id, minute, jsonb_object_agg(reason, slots) as reasons
       from (
         select span_id, minute, key as reason, sum(value::int4) as slots
         from parts, jsonb_each_text(parts.reasons) group by span_id, minute, key
       ) as counted
       group by span_id, minute
     ), merged as (
       insert into slot_minute (span_id, minute, mask, ok, lost, error, reasons)
       select parts.span_id, parts.minute, bit_or(mask), sum(ok), sum(lost), sum(error), reasons.reasons
       from parts left join reasons on reasons.span_id = parts.span_id and reasons.minute = parts.minute
       group by parts.span_id, parts.minute, reasons.reasons
       returning 1
     )
     select count(*)::int4 as merged from merged`,
    [CLOSED_AFTER_SECONDS, KEYS_AT_ONCE],
  );
  return row?.merged ?? 0;
}

async function compactMinutes(db: Database, probe: Probe): Promise<number> {
  const table = escapeIdentifier(minuteTable(probe.name));
  return db.transaction(async (tx: Transaction) => {
    const parts = await tx.query<Record<string, unknown>>(
      `with keys as (
         select stream, ts from ${table}
         where ts < clock_timestamp() - make_interval(secs => $1) and ts > clock_timestamp() - interval '8 days'
         group by stream, ts having count(*) > 1 limit $2
       )
       delete from ${table} as part using keys where part.stream = keys.stream and part.ts = keys.ts
       returning part.*, part.stream::text as stream, (extract(epoch from part.ts) * 1000)::float8 as "minuteMs"`,
      [CLOSED_AFTER_SECONDS, KEYS_AT_ONCE],
    );
    const rows = new Map<string, MinuteRow>();
    for (const part of parts) {
      const key = `${part['stream']} ${part['minuteMs']}`;
      const row = rows.get(key) ?? emptyMinute(String(part['stream']), Number(part['minuteMs']));
      rows.set(key, row);
      addPart(probe, row, part);
    }
    const values = [...rows.values()].map((row) => minuteValues(probe, row));
    await copyRows(tx, minuteTable(probe.name), minuteColumnNames(probe), values);
    return rows.size;
  });
}

function addPart(probe: Probe, row: MinuteRow, part: Readonly<Record<string, unknown>>): void {
  for (const outcome of ['ok', 'lost', 'error'] as const) row[outcome] += Number(part[outcome]);
  for (const metric of probe.metrics) {
    const rollup = rollupOf(metric);
    const sum = part[`${metric.name}_sum`];
    if (rollup === 'none' || sum === null || sum === undefined) continue;
    const moments = {
      n: Number(part[`${metric.name}_n`] ?? 0),
      sum: Number(sum),
      min: numberOrNull(part[`${metric.name}_min`]),
      max: numberOrNull(part[`${metric.name}_max`]),
      hist: (part[`${metric.name}_hist`] as Histogram | null | undefined) ?? null,
    };
    row.metrics.set(metric.name, mergeMoments(row.metrics.get(metric.name), moments));
  }
}

function numberOrNull(value: unknown): number | null {
  return value === null || value === undefined ? null : Number(value);
}
