import { PROBES, ROLLUP_LEVELS } from '@streamswarm/contract';
import type { Database } from '../database.ts';
import type { Partitions } from '../tables/partitions.ts';
import { CLOSED_AFTER_MS, KEYS_AT_ONCE } from './closed-times.ts';
import { mergeLevel } from './merge-level.ts';

/** A replay older than this leaves its slots in several rows for good; whoever reads them adds them up. */
const SLOTS_LOOKED_AT_SECONDS = 2 * 86_400;

/**
 * Merges the partial rows of closed minutes into one row each and carries them on into the coarser levels. Readers
 * add up whatever is there, so nothing they see changes; a minute that gets a late answer is merged again. Returns
 * how many keys were merged; 0: nothing is left to merge.
 */
export async function compact(db: Database, partitions: Partitions): Promise<number> {
  let merged = await compactSlotMinutes(db);
  for (const level of ROLLUP_LEVELS) {
    for (const probe of Object.values(PROBES)) merged += await mergeLevel(db, partitions, { probe, level });
  }
  return merged;
}

async function compactSlotMinutes(db: Database): Promise<number> {
  const [row] = await db.query<{ merged: number }>(
    `with keys as (
       select span_id, minute from slot_minute
       where minute < floor(extract(epoch from clock_timestamp() - make_interval(secs => $1)) / 60)
         and minute > floor(extract(epoch from clock_timestamp() - make_interval(secs => $3)) / 60)
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
    [CLOSED_AFTER_MS['1m'] / 1_000, KEYS_AT_ONCE, SLOTS_LOOKED_AT_SECONDS],
  );
  return row?.merged ?? 0;
}
