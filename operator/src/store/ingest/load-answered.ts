import type { Span } from '@streamswarm/contract';
import { type Answered, nothingAnswered } from '../../domain/books/claim-slots.ts';
import type { Queryable } from '../database.ts';

/** A span as ingest needs it. */
export interface KnownSpan extends Span {
  readonly id: number;
  readonly stream: string;
  readonly kind: string;
  /** `namespace/name` of its test. */
  readonly test: string;
}

/** The spans out of `ids` that belong to this agent. Others do not exist for it. */
export async function loadSpans(
  db: Queryable,
  agentId: string,
  ids: readonly number[],
): Promise<Map<number, KnownSpan>> {
  const rows = await db.query<KnownSpan>(
    `select span.id::float8 as id, stream::text as stream, kind, namespace || '/' || name as test,
            start_ms::float8 as "startMs", period_ms::float8 as "periodMs", offset_ms::float8 as "offsetMs",
            from_ms::float8 as "fromMs", to_ms::float8 as "toMs"
     from span join stream_test on stream_test.uid = span.test_uid
     where span.id = any($1) and agent_id = $2`,
    [ids, agentId],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** What is answered already in the given minutes and from the given first slots on. */
export async function loadAnswered(
  db: Queryable,
  touched: ReadonlyMap<number, { minutes: ReadonlySet<number>; firstSlot: number; endSlot: number }>,
): Promise<Map<number, Answered>> {
  const answered = new Map<number, Answered>();
  const at = (id: number): Answered => {
    const known = answered.get(id) ?? nothingAnswered();
    answered.set(id, known);
    return known;
  };
  const keys = [...touched].flatMap(([id, { minutes }]) =>
    [...minutes].map((minute) => [id, minute] as const),
  );
  const masks = await db.query<{ id: number; minute: number; mask: string }>(
    `select span_id::float8 as id, minute, bit_or(mask)::text as mask
     from slot_minute join unnest($1::int8[], $2::int4[]) as wanted (span_id, minute) using (span_id, minute)
     group by span_id, minute`,
    [keys.map(([id]) => id), keys.map(([, minute]) => minute)],
  );
  for (const row of masks) at(row.id).masks.set(row.minute, BigInt.asUintN(64, BigInt(row.mask)));
  const ranges = await db.query<{ id: number; first: number; end: number }>(
    `select slot_range.span_id::float8 as id, first_slot::float8 as first, end_slot::float8 as end
     from slot_range join unnest($1::int8[], $2::int8[], $3::int8[]) as wanted (span_id, first, until) using (span_id)
     where end_slot > wanted.first and first_slot < wanted.until`,
    [
      [...touched.keys()],
      [...touched.values()].map((span) => span.firstSlot),
      [...touched.values()].map((span) => span.endSlot),
    ],
  );
  const closed = await db.query<{ id: number; closedMs: number }>(
    `select span_id::float8 as id, end_minute * 60000::float8 as "closedMs" from span_closed where span_id = any($1)`,
    [[...touched.keys()]],
  );
  for (const row of closed) at(row.id).closedMs = row.closedMs;
  for (const row of ranges) at(row.id).ranges.push({ first: row.first, end: row.end });
  return answered;
}
