import type { EventList } from '@streamswarm/contract';
import type { EventRow } from '../../store/queries/events.ts';

export function eventList(rows: readonly EventRow[]): EventList {
  return { items: rows.map((row) => ({ ...row, at: row.at.toISOString() })) };
}
