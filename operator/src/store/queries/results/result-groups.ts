import type { Queryable } from '../../database.ts';
import {
  type QueryWindow,
  type Selection,
  type SeriesKey,
  selectedSpans,
  selectionValues,
} from './selection.ts';

export interface ResultGroup extends SeriesKey {
  /** Of its fastest stream, in milliseconds. */
  readonly periodMs: number;
  readonly streams: number;
  /** Slots that its streams have together. */
  readonly slotsPerSecond: number;
}

/** The series that a selection has in a window, also those that have no sample there. */
export async function resultGroups(
  db: Queryable,
  selection: Selection,
  window: QueryWindow,
): Promise<ResultGroup[]> {
  return await db.query<ResultGroup>(
    `select agent, destination, min(period_ms)::float8 as "periodMs",
       count(distinct stream)::float8 as streams, sum(1000 / period_ms::float8) as "slotsPerSecond"
     from (${selectedSpans(selection, 'sp.stream, sp.period_ms')}) as spans
     group by agent, destination order by agent, destination`,
    selectionValues(selection, window),
  );
}
