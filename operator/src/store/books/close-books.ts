import { type ClosedSpan, closeSpan, nothingClosed } from '../../domain/books/close-span.ts';
import type { Database, Transaction } from '../database.ts';
import { lockAgent } from '../ingest/agent-locks.ts';
import { loadClosed, saveClosed } from './closed-spans.ts';
import { BOOKED_SPAN_COLUMNS, type BookedSpan, loadAnswers, loadWords } from './load-answers.ts';

/** Minutes of a span that one transaction looks at: one that cannot move on is looked at again and again. */
const CHUNK_MINUTES = 240;
/** Minutes younger than that stay open: their slots may still be on the way. */
const OPEN_MS = 10 * 60_000;

export interface ClosingTime {
  readonly nowMs: number;
  /** Minutes before it are closed as they stand. */
  readonly giveUpMs: number;
}

/**
 * Closes the minutes in which every slot has its answer, and carries them into one line a span, so that the books of
 * all time need not read all of time. A span moves by one chunk at most; returns how many moved that have not come to
 * the end of what can be closed.
 */
export async function closeBooks(db: Database, time: ClosingTime): Promise<number> {
  const untilMinute = Math.floor((time.nowMs - OPEN_MS) / 60_000);
  const agents = await db.query<{ id: string }>(
    `select distinct agent_id as id from span left join span_closed on span_id = span.id
     where from_ms < $1::int8 * 60000
       and coalesce(end_minute, 0) < least($1::int8, ceil(to_ms / 60000.0)::int8)`,
    [untilMinute],
  );
  let unfinished = 0;
  for (const { id } of agents)
    unfinished += await db.transaction((tx) => closeAgent(tx, id, { ...time, untilMinute }));
  return unfinished;
}

/** Under the lock of its agent: no answer comes in between what is read and what is closed. */
async function closeAgent(
  tx: Transaction,
  agentId: string,
  { giveUpMs, untilMinute }: ClosingTime & { untilMinute: number },
): Promise<number> {
  await lockAgent(tx, agentId);
  const spans = await tx.query<BookedSpan>(
    `select ${BOOKED_SPAN_COLUMNS} from span left join span_closed on span_id = span.id
     where agent_id = $1 and from_ms < $2::int8 * 60000
       and coalesce(end_minute, 0) < least($2::int8, ceil(to_ms / 60000.0)::int8)`,
    [agentId, untilMinute],
  );
  const known = await loadClosed(
    tx,
    spans.map((span) => span.spanId),
  );
  const wordOf = await loadWords(tx, [agentId]);
  const closedOf = ({ spanId, fromMs }: BookedSpan): ClosedSpan => known.get(spanId) ?? nothingClosed(fromMs);
  const moved = new Map<number, ClosedSpan>();
  let unfinished = 0;
  const chunkOf = (span: BookedSpan): number => Math.floor(closedOf(span).endMinute / CHUNK_MINUTES);
  for (const [chunk, own] of Map.groupBy(spans, chunkOf)) {
    const until = Math.min(untilMinute, (chunk + 1) * CHUNK_MINUTES);
    const answers = await loadAnswers(
      tx,
      own.map((span) => ({ ...span, fromMinute: closedOf(span).endMinute })),
      until,
    );
    for (const span of own) {
      const answer = answers.get(span.spanId);
      if (answer === undefined) continue;
      const closed = closeSpan(closedOf(span), answer, {
        word: wordOf(agentId, span.spanId),
        untilMinute: until,
        giveUpMinute: Math.floor(giveUpMs / 60_000),
      });
      if (closed.endMinute === closedOf(span).endMinute) continue;
      moved.set(span.spanId, closed);
      if (closed.endMinute === until && until < untilMinute) unfinished++;
    }
  }
  if (moved.size > 0) await saveClosed(tx, moved);
  return unfinished;
}
