import { type Accounting, type BooksLine, emptyLine } from '@streamswarm/contract';
import { addLine, balanceSpan } from '../../domain/books/balance.ts';
import type { AgentWord, MinuteAnswers, SpanAnswers } from '../../domain/books/span-state.ts';
import { clockMs, type Database } from '../database.ts';

export interface BooksFilter {
  readonly namespace?: string;
  readonly test?: string;
  /** Rounded down to whole minutes; absent: since the first slot. */
  readonly fromMs?: number;
  /** Rounded up to whole minutes where it lies in the past; absent: now. */
  readonly toMs?: number;
}

/** An agent that said nothing for so long is silent: its open slots wait for it. */
export const SILENT_AFTER_MS = 15_000;

interface SpanRow {
  spanId: number;
  testUid: string;
  namespace: string;
  test: string;
  agentId: string;
  agent: string;
  probe: string;
  openedRevision: number;
  startMs: number;
  periodMs: number;
  offsetMs: number;
  fromMs: number;
  toMs: number | null;
  surplus: number;
}

/** The books of a window, in all and by test, agent and probe, from one snapshot of the store. */
export async function loadBooks(db: Database, filter: BooksFilter): Promise<Accounting> {
  return db.transaction(async (tx) => {
    await tx.query('set transaction isolation level repeatable read, read only');
    const nowMs = await clockMs(tx);
    const window = {
      fromMs: filter.fromMs === undefined ? 0 : Math.floor(filter.fromMs / 60_000) * 60_000,
      toMs: filter.toMs === undefined ? nowMs : Math.min(nowMs, Math.ceil(filter.toMs / 60_000) * 60_000),
    };
    const spans = await tx.query<SpanRow>(
      `select span.id::float8 as "spanId", test_uid as "testUid", namespace, stream_test.name as test,
              agent_id as "agentId", agent.name as agent, probe, opened_revision::float8 as "openedRevision",
              start_ms::float8 as "startMs", period_ms::float8 as "periodMs", offset_ms::float8 as "offsetMs",
              from_ms::float8 as "fromMs", to_ms::float8 as "toMs",
              coalesce((select sum(count) from surplus where span_id = span.id), 0)::float8 as surplus
       from span join stream_test on stream_test.uid = span.test_uid join agent on agent.id = span.agent_id
       where ($1::text is null or namespace = $1) and ($2::text is null or stream_test.name = $2)
         and from_ms < $4 and (to_ms is null or to_ms > $3)`,
      [filter.namespace ?? null, filter.test ?? null, window.fromMs, window.toMs],
    );
    const ids = spans.map((span) => span.spanId);
    const minutes = await tx.query<{
      spanId: number;
      minute: number;
      mask: string;
      ok: number;
      lost: number;
      error: number;
      reasons: Record<string, number>[] | null;
    }>(
      `select span_id::float8 as "spanId", minute, bit_or(mask)::text as mask, sum(ok)::int4 as ok,
              sum(lost)::int4 as lost, sum(error)::int4 as error,
              jsonb_agg(reasons) filter (where reasons is not null) as reasons
       from slot_minute where span_id = any($1) and minute >= $2 and minute < $3
       group by span_id, minute`,
      [ids, Math.floor(window.fromMs / 60_000), Math.ceil(window.toMs / 60_000)],
    );
    const ranges = await tx.query<{
      spanId: number;
      first: number;
      end: number;
      outcome: 'denied' | 'dropped';
      reason: string;
    }>(
      `select span_id::float8 as "spanId", first_slot::float8 as first, end_slot::float8 as end, outcome, reason
       from slot_range where span_id = any($1)`,
      [ids],
    );
    const words = await tx.query<{
      agentId: string;
      throughMs: number;
      planRevision: number;
      spooled: [number, number, number][];
      silentMs: number;
    }>(
      `select agent_id as "agentId", through_ms::float8 as "throughMs", plan_revision::float8 as "planRevision", spooled,
              (extract(epoch from clock_timestamp() - heard_at) * 1000)::float8 as "silentMs"
       from agent_word`,
    );

    const answers = new Map<
      number,
      SpanAnswers & { minutes: Map<number, MinuteAnswers>; ranges: SpanAnswers['ranges'][number][] }
    >(
      spans.map((span) => [
        span.spanId,
        {
          spanId: span.spanId,
          span,
          openedRevision: span.openedRevision,
          minutes: new Map(),
          ranges: [],
          surplus: span.surplus,
        },
      ]),
    );
    for (const row of minutes) {
      const reasons: Record<string, number> = {};
      for (const part of row.reasons ?? []) {
        for (const [reason, slots] of Object.entries(part)) reasons[reason] = (reasons[reason] ?? 0) + slots;
      }
      answers
        .get(row.spanId)
        ?.minutes.set(row.minute, { ...row, mask: BigInt.asUintN(64, BigInt(row.mask)), reasons });
    }
    for (const row of ranges) answers.get(row.spanId)?.ranges.push(row);
    const wordOf = indexWords(words);

    const total = emptyLine();
    const byTest = new Map<string, Accounting['tests'][number]>();
    const byAgent = new Map<string, Accounting['agents'][number]>();
    const byProbe = new Map<string, Accounting['probes'][number]>();
    for (const span of spans) {
      const answer = answers.get(span.spanId);
      if (answer === undefined) continue;
      const line = balanceSpan(answer, wordOf(span.agentId, span.spanId), window);
      addLine(total, line);
      addTo(byTest, span.testUid, { namespace: span.namespace, test: span.test }, line);
      addTo(byAgent, span.agentId, { agent: span.agent }, line);
      addTo(byProbe, span.probe, { probe: span.probe }, line);
    }
    return {
      from: filter.fromMs === undefined ? null : new Date(window.fromMs).toISOString(),
      to: new Date(window.toMs).toISOString(),
      ...total,
      tests: [...byTest.values()],
      agents: [...byAgent.values()],
      probes: [...byProbe.values()],
    };
  });
}

function addTo<T extends object>(
  lines: Map<string, T & BooksLine>,
  key: string,
  name: T,
  line: BooksLine,
): void {
  const known = lines.get(key) ?? { ...name, ...emptyLine() };
  lines.set(key, known);
  addLine(known, line);
}

function indexWords(
  words: readonly {
    agentId: string;
    throughMs: number;
    planRevision: number;
    spooled: [number, number, number][];
    silentMs: number;
  }[],
): (agentId: string, spanId: number) => AgentWord | null {
  const byAgent = new Map(
    words.map((word) => {
      const bySpan = new Map<number, { first: number; end: number }[]>();
      for (const [span, first, end] of word.spooled) {
        const known = bySpan.get(span) ?? [];
        bySpan.set(span, known);
        known.push({ first, end });
      }
      return [word.agentId, { word, bySpan }];
    }),
  );
  return (agentId, spanId) => {
    const known = byAgent.get(agentId);
    if (known === undefined) return null;
    const { throughMs, planRevision, silentMs } = known.word;
    return {
      throughMs,
      planRevision,
      audible: silentMs < SILENT_AFTER_MS,
      spooled: known.bySpan.get(spanId) ?? [],
    };
  };
}
