import type { Span } from '@streamswarm/contract';
import type { AgentWord, MinuteAnswers, RangeAnswer, SpanAnswers } from '../../domain/books/span-state.ts';
import type { Queryable } from '../database.ts';

/** A span as the books know it. */
export interface BookedSpan extends Span {
  readonly spanId: number;
  readonly agentId: string;
  readonly openedRevision: number;
  readonly surplus: number;
}

/** Columns of BookedSpan out of `span`. */
export const BOOKED_SPAN_COLUMNS = `span.id::float8 as "spanId", agent_id as "agentId",
  opened_revision::float8 as "openedRevision", start_ms::float8 as "startMs", period_ms::float8 as "periodMs",
  offset_ms::float8 as "offsetMs", from_ms::float8 as "fromMs", to_ms::float8 as "toMs",
  coalesce((select sum(count) from surplus where span_id = span.id), 0)::float8 as surplus`;

interface MinuteRow {
  readonly spanId: number;
  readonly minute: number;
  readonly mask: string;
  readonly ok: number;
  readonly lost: number;
  readonly error: number;
  readonly reasons: Record<string, number>[] | null;
}

/** What is answered of these spans: all ranges, and the minutes from `fromMinute` on and before `endMinute`. */
export async function loadAnswers(
  db: Queryable,
  spans: readonly (BookedSpan & { readonly fromMinute: number })[],
  endMinute: number,
): Promise<Map<number, SpanAnswers>> {
  const ids = spans.map((span) => span.spanId);
  const fromMinutes = spans.map((span) => span.fromMinute);
  const minutes = await db.query<MinuteRow>(
    `select span_id::float8 as "spanId", minute, bit_or(mask)::text as mask, sum(ok)::int4 as ok,
            sum(lost)::int4 as lost, sum(error)::int4 as error,
            jsonb_agg(reasons) filter (where reasons is not null) as reasons
     from unnest($1::int8[], $2::int4[]) as wanted (id, from_minute)
     join slot_minute on span_id = wanted.id and minute >= wanted.from_minute and minute >= $4 and minute < $3
     group by span_id, minute`,
    // The least of them once more, as a bound by which Postgres leaves out whole days.
    [ids, fromMinutes, endMinute, fromMinutes.reduce((a, b) => Math.min(a, b), endMinute)],
  );
  const ranges = await db.query<RangeAnswer & { spanId: number }>(
    `select span_id::float8 as "spanId", first_slot::float8 as first, end_slot::float8 as end, outcome, reason
     from slot_range where span_id = any($1)`,
    [ids],
  );
  const minutesOf = new Map<number, Map<number, MinuteAnswers>>();
  for (const row of minutes) {
    const known = minutesOf.get(row.spanId) ?? new Map<number, MinuteAnswers>();
    minutesOf.set(row.spanId, known);
    known.set(row.minute, minuteAnswers(row));
  }
  const rangesOf = Map.groupBy(ranges, (range) => range.spanId);
  return new Map(
    spans.map((span) => [
      span.spanId,
      {
        spanId: span.spanId,
        span,
        openedRevision: span.openedRevision,
        minutes: minutesOf.get(span.spanId) ?? new Map<number, MinuteAnswers>(),
        ranges: rangesOf.get(span.spanId) ?? [],
        surplus: span.surplus,
      },
    ]),
  );
}

function minuteAnswers({ mask, ok, lost, error, reasons: parts }: MinuteRow): MinuteAnswers {
  const reasons: Record<string, number> = {};
  for (const part of parts ?? []) {
    for (const [reason, slots] of Object.entries(part)) reasons[reason] = (reasons[reason] ?? 0) + slots;
  }
  return { mask: BigInt.asUintN(64, BigInt(mask)), ok, lost, error, reasons };
}

/** An agent that said nothing for so long is silent: its open slots wait for it. */
export const SILENT_AFTER_MS = 15_000;

interface WordRow {
  readonly agentId: string;
  readonly throughMs: number | null;
  readonly planRevision: number | null;
  readonly spooled: [span: number, first: number, end: number][] | null;
  readonly silentMs: number | null;
  readonly gone: boolean;
}

/** The last words of these agents (null: of all), by agent and span. */
export async function loadWords(
  db: Queryable,
  agentIds: readonly string[] | null,
): Promise<(agentId: string, spanId: number) => AgentWord | null> {
  const rows = await db.query<WordRow>(
    `select id as "agentId", through_ms::float8 as "throughMs", plan_revision::float8 as "planRevision", spooled,
            (extract(epoch from clock_timestamp() - heard_at) * 1000)::float8 as "silentMs",
            gone_at is not null as gone
     from agent left join agent_word on agent_id = id
     where ($1::text[] is null or id = any($1)) and (agent_id is not null or gone_at is not null)`,
    [agentIds],
  );
  const byAgent = new Map(
    rows.map((word) => [
      word.agentId,
      { word, spooledOf: Map.groupBy(word.spooled ?? [], ([span]) => span) },
    ]),
  );
  return (agentId, spanId) => {
    const known = byAgent.get(agentId);
    if (known === undefined) return null;
    const { throughMs, planRevision, silentMs, gone } = known.word;
    return {
      throughMs: throughMs ?? 0,
      planRevision: planRevision ?? 0,
      audible: silentMs !== null && silentMs < SILENT_AFTER_MS,
      gone,
      spooled: (known.spooledOf.get(spanId) ?? []).map(([_span, first, end]) => ({ first, end })),
    };
  };
}
