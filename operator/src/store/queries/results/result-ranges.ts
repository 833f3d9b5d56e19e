import type { RangeOutcome, SlotRange, Span } from '@streamswarm/contract';
import type { Queryable } from '../../database.ts';
import {
  type QueryWindow,
  type Selection,
  type SeriesKey,
  selectedSpans,
  selectionValues,
} from './selection.ts';

/** Slots of one span that were denied or dropped. */
export interface ResultRange extends SeriesKey, Span, SlotRange {
  readonly outcome: RangeOutcome;
}

/** The ranges of a selection that may reach into a window; whether a slot is due in it is slot.ts's to say. */
export async function resultRanges(
  db: Queryable,
  selection: Selection,
  window: QueryWindow,
): Promise<ResultRange[]> {
  const columns = 'sp.id, sp.start_ms, sp.period_ms, sp.offset_ms, sp.from_ms, sp.to_ms';
  return await db.query<ResultRange>(
    `select s.agent, s.destination, r.outcome, r.first_slot::float8 as first, r.end_slot::float8 as end,
       s.start_ms::float8 as "startMs", s.period_ms::float8 as "periodMs", s.offset_ms::float8 as "offsetMs",
       s.from_ms::float8 as "fromMs", s.to_ms::float8 as "toMs"
     from (${selectedSpans(selection, columns)}) as s
     join slot_range r on r.span_id = s.id
     where s.start_ms + (r.end_slot + 1) * s.period_ms > $6 and s.start_ms + r.first_slot * s.period_ms < $7`,
    selectionValues(selection, window),
  );
}
