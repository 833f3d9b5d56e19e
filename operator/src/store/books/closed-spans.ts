import type { ClosedSpan } from '../../domain/books/close-span.ts';
import type { Queryable } from '../database.ts';

/** What is closed of these spans, by span. */
export async function loadClosed(db: Queryable, ids: readonly number[]): Promise<Map<number, ClosedSpan>> {
  const rows = await db.query<ClosedSpan['line'] & Omit<ClosedSpan, 'line'> & { readonly spanId: number }>(
    `select span_id::float8 as "spanId", end_minute as "endMinute", scheduled::float8, ok::float8, lost::float8,
       error::float8, denied::float8, dropped::float8, unaccounted::float8, reasons,
       first_ms::float8 as "firstMs", last_ms::float8 as "lastMs"
     from span_closed where span_id = any($1)`,
    [ids],
  );
  return new Map(
    rows.map(({ spanId, endMinute, firstMs, lastMs, ...line }) => [
      spanId,
      { endMinute, firstMs, lastMs, line: { ...line, pending: 0, surplus: 0 } },
    ]),
  );
}

export async function saveClosed(db: Queryable, closed: ReadonlyMap<number, ClosedSpan>): Promise<void> {
  const rows = [...closed].map(([spanId, { endMinute, line, firstMs, lastMs }]) => ({
    span_id: spanId,
    end_minute: endMinute,
    ...line,
    first_ms: firstMs,
    last_ms: lastMs,
  }));
  await db.query(
    `insert into span_closed select * from jsonb_populate_recordset(null::span_closed, $1)
     on conflict (span_id) do update set end_minute = excluded.end_minute, scheduled = excluded.scheduled,
       ok = excluded.ok, lost = excluded.lost, error = excluded.error, denied = excluded.denied,
       dropped = excluded.dropped, unaccounted = excluded.unaccounted, reasons = excluded.reasons,
       first_ms = excluded.first_ms, last_ms = excluded.last_ms
     where span_closed.end_minute < excluded.end_minute`,
    [JSON.stringify(rows)],
  );
}
