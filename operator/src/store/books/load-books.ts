import { type Accounting, type BooksLine, emptyLine } from '@streamswarm/contract';
import { addLine, balanceSpan } from '../../domain/books/balance.ts';
import type { ClosedSpan } from '../../domain/books/close-span.ts';
import type { Window } from '../../domain/books/span-state.ts';
import { clockMs, type Database } from '../database.ts';
import { loadRetention } from '../retention/settings.ts';
import { loadClosed } from './closed-spans.ts';
import { BOOKED_SPAN_COLUMNS, type BookedSpan, loadAnswers, loadWords } from './load-answers.ts';

export interface BooksFilter {
  readonly namespace?: string;
  readonly test?: string;
  /** Only slots of the agent of this name. */
  readonly agent?: string;
  /** Only slots of the probe of this name. */
  readonly probe?: string;
  /** Only slots towards this destination; of a mesh also `name/far agent`. */
  readonly destination?: string;
  /** Rounded down to whole minutes, and not before slots are kept; absent: since the first slot. */
  readonly fromMs?: number;
  /** Rounded up to whole minutes where it lies in the past; absent: now. */
  readonly toMs?: number;
}

interface SpanRow extends BookedSpan {
  readonly testUid: string;
  readonly namespace: string;
  readonly test: string;
  readonly agent: string;
  readonly probe: string;
}

/** The books of a window, in all and by test, agent and probe, from one snapshot of the store. */
export async function loadBooks(db: Database, filter: BooksFilter): Promise<Accounting> {
  return db.transaction(async (tx) => {
    await tx.query('set transaction isolation level repeatable read, read only');
    const nowMs = await clockMs(tx);
    const { booksFromMs } = await loadRetention(tx);
    const window = windowOf(filter, nowMs, booksFromMs);
    const spans = await tx.query<SpanRow>(
      `select ${BOOKED_SPAN_COLUMNS}, test_uid as "testUid", namespace, stream_test.name as test,
              agent.name as agent, probe
       from span join stream_test on stream_test.uid = span.test_uid join agent on agent.id = span.agent_id
         left join agent as far on far.id = span.endpoint
       where ($1::text is null or namespace = $1) and ($2::text is null or stream_test.name = $2)
         and ($5::text is null or agent.name = $5) and ($6::text is null or probe = $6)
         and ($7::text is null or $7 in (destination, destination || '/' || far.name))
         and from_ms < $4 and (to_ms is null or to_ms > $3)`,
      [
        ...[filter.namespace ?? null, filter.test ?? null, window.fromMs, window.toMs],
        ...[filter.agent ?? null, filter.probe ?? null, filter.destination ?? null],
      ],
    );
    const ids = spans.map((span) => span.spanId);
    const closed = isAllTime(filter) ? await loadClosed(tx, ids) : new Map<number, ClosedSpan>();
    const fromMinuteOf = ({ spanId }: SpanRow): number =>
      closed.get(spanId)?.endMinute ?? Math.floor(window.fromMs / 60_000);
    const answers = await loadAnswers(
      tx,
      spans.map((span) => ({ ...span, fromMinute: fromMinuteOf(span) })),
      Math.ceil(window.toMs / 60_000),
    );
    const wordOf = await loadWords(tx, null);

    const total = emptyLine();
    const byTest = new Map<string, Accounting['tests'][number]>();
    const byAgent = new Map<string, Accounting['agents'][number]>();
    const byProbe = new Map<string, Accounting['probes'][number]>();
    for (const span of spans) {
      const answer = answers.get(span.spanId);
      if (answer === undefined) continue;
      const word = wordOf(span.agentId, span.spanId);
      const line = balanceSpan(answer, word, { ...window, fromMs: fromMinuteOf(span) * 60_000 });
      const before = closed.get(span.spanId);
      if (before !== undefined) addLine(line, before.line);
      addLine(total, line);
      addTo(byTest, span.testUid, { namespace: span.namespace, test: span.test }, line);
      addTo(byAgent, span.agentId, { agent: span.agent }, line);
      addTo(byProbe, span.probe, { probe: span.probe }, line);
    }
    return {
      from: window.fromMs === 0 ? null : new Date(window.fromMs).toISOString(),
      to: new Date(window.toMs).toISOString(),
      ...total,
      tests: [...byTest.values()],
      agents: [...byAgent.values()],
      probes: [...byProbe.values()],
    };
  });
}

/** Everything until now, which is what closed lines can answer. */
function isAllTime(filter: BooksFilter): boolean {
  return filter.fromMs === undefined && filter.toMs === undefined;
}

function windowOf(filter: BooksFilter, nowMs: number, booksFromMs: number): Window {
  if (isAllTime(filter)) return { fromMs: 0, toMs: nowMs };
  // Slots that are kept no more would look as if they had never been answered.
  const fromMs = Math.max(booksFromMs, Math.floor((filter.fromMs ?? 0) / 60_000) * 60_000);
  const toMs = Math.min(nowMs, Math.ceil((filter.toMs ?? nowMs) / 60_000) * 60_000);
  return { fromMs, toMs: Math.max(fromMs, toMs) };
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
