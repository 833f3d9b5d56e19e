import { type Balance, emptyLine } from '@streamswarm/contract';
import { add, balanceFrom, type SpanBooks, settledAs, unsettled } from '../../domain/books/run-books.ts';
import { loadClosed } from '../books/closed-spans.ts';
import { BOOKED_SPAN_COLUMNS, type BookedSpan, loadAnswers, loadWords } from '../books/load-answers.ts';
import { settledRun } from '../books/settled-runs.ts';
import { clockMs, type Database, type Queryable } from '../database.ts';
import { type RunLatency, type RunWindow, runLatency } from './run-latency.ts';
import type { LatencyKind } from './tests/latency-of-tests.ts';

export interface StatusFigures {
  /** Agents that measure for the run, or did so at its end. */
  readonly assigned: number;
  /** Those with a sample of late: of the last three periods, and of 15 s at least. */
  readonly reporting: number;
  /** Due times of the first and the newest sample of the run. */
  readonly firstResultMs: number | null;
  readonly lastResultMs: number | null;
  /** The books of the run until now. */
  readonly samples: Balance;
  /** Of packets for icmp, of slots for tcp, over the last five minutes; null where nothing was sent. */
  readonly lossRatio: number | null;
  /** Of the icmp round trip, else of the tcp connect, over the same time. */
  readonly p95Seconds: number | null;
  readonly p95Of: LatencyKind | null;
  /** At most ten agents, the worst first: silent ones, then by loss, then by p95. */
  readonly worst: readonly WorstAgent[];
}

export interface WorstAgent {
  readonly agent: string;
  readonly reporting: boolean;
  readonly lastResultMs: number | null;
  readonly lossRatio: number | null;
  readonly p95Seconds: number | null;
}

interface RunSpan extends BookedSpan {
  readonly agent: string;
  readonly kind: string;
}

const WORST = 10;
const REPORTING_MS = 15_000;

/** What the results of one run say so far. Minutes whose slots are all answered are read once and remembered. */
export async function statusFigures(db: Database, uid: string, runId: string): Promise<StatusFigures> {
  return db.transaction(async (tx) => {
    await tx.query('set transaction isolation level repeatable read, read only');
    const nowMs = await clockMs(tx);
    const spans = await loadSpans(tx, uid, runId);
    const window = await runWindow(tx, runId, nowMs);
    const books = await booksOf(tx, spans, { settled: settledRun(db, runId), nowMs });
    const p95Of = kindOf(spans);
    const latency = p95Of === null ? null : await runLatency(tx, p95Of, { id: runId, window });
    return figures(spans, { books, latency, p95Of, endMs: window.endMs });
  });
}

function loadSpans(tx: Queryable, uid: string, runId: string): Promise<RunSpan[]> {
  return tx.query<RunSpan>(
    `select ${BOOKED_SPAN_COLUMNS}, agent.name as agent, span.kind
     from span join agent on agent.id = span.agent_id where run_id = $1 and test_uid = $2`,
    [runId, uid],
  );
}

async function runWindow(tx: Queryable, runId: string, nowMs: number): Promise<RunWindow> {
  const [run] = await tx.query<{ startMs: number; endMs: number | null }>(
    `select start_ms::float8 as "startMs", least(end_ms, planned_end_ms)::float8 as "endMs" from run where id = $1`,
    [runId],
  );
  return { startMs: run?.startMs ?? nowMs, endMs: Math.min(run?.endMs ?? nowMs, nowMs) };
}

async function booksOf(
  tx: Queryable,
  spans: readonly RunSpan[],
  { settled, nowMs }: { settled: ReturnType<typeof settledRun>; nowMs: number },
): Promise<Map<number, SpanBooks>> {
  const closed = await loadClosed(
    tx,
    spans.map((span) => span.spanId),
  );
  const before = new Map(
    spans.map(({ spanId, fromMs }) => {
      const own = settled.get(spanId) ?? unsettled(fromMs);
      const kept = closed.get(spanId);
      return [spanId, kept !== undefined && kept.endMinute > own.endMinute ? settledAs(kept) : own];
    }),
  );
  const answers = await loadAnswers(
    tx,
    spans.map((span) => ({ ...span, fromMinute: before.get(span.spanId)?.endMinute ?? 0 })),
    Math.floor(nowMs / 60_000) + 1,
  );
  const wordOf = await loadWords(tx, [...new Set(spans.map((span) => span.agentId))]);
  const books = new Map<number, SpanBooks>();
  for (const { spanId, agentId, fromMs } of spans) {
    const answer = answers.get(spanId);
    if (answer === undefined) continue;
    const word = wordOf(agentId, spanId);
    const of = balanceFrom(before.get(spanId) ?? unsettled(fromMs), answer, { word, nowMs });
    books.set(spanId, of);
    settled.set(spanId, of.settled);
  }
  return books;
}

/** icmp wherever it is measured. */
function kindOf(spans: readonly RunSpan[]): LatencyKind | null {
  if (spans.some((span) => span.kind === 'icmp')) return 'icmp';
  return spans.some((span) => span.kind === 'tcp') ? 'tcp' : null;
}

interface Gathered {
  readonly books: ReadonlyMap<number, SpanBooks>;
  readonly latency: RunLatency | null;
  readonly p95Of: LatencyKind | null;
  /** Of the run, or now. */
  readonly endMs: number;
}

function figures(spans: readonly RunSpan[], { books, latency, p95Of, endMs }: Gathered): StatusFigures {
  const all = [...books.values()];
  const isAssigned = ({ fromMs, toMs }: RunSpan): boolean =>
    fromMs < endMs && (toMs === null || toMs >= endMs);
  const assigned = Map.groupBy(spans.filter(isAssigned), (span) => span.agentId);
  const agents = [...assigned].map(([agentId, own]): WorstAgent => {
    const lastOf = (span: RunSpan): number | null => books.get(span.spanId)?.lastMs ?? null;
    const isHeard = (span: RunSpan): boolean =>
      (lastOf(span) ?? Number.NEGATIVE_INFINITY) >= endMs - Math.max(3 * span.periodMs, REPORTING_MS);
    const measured = latency?.agents.get(agentId);
    return {
      agent: own[0]?.agent ?? '',
      reporting: own.some(isHeard),
      lastResultMs: greatest(own.map(lastOf)),
      lossRatio: ratio(measured),
      p95Seconds: measured?.p95Seconds ?? null,
    };
  });
  return {
    assigned: agents.length,
    reporting: agents.filter((agent) => agent.reporting).length,
    firstResultMs: least(all.map((span) => span.firstMs)),
    lastResultMs: greatest(all.map((span) => span.lastMs)),
    samples: all.reduce((sum, span) => add(sum, span.balance), add(emptyLine(), emptyLine())),
    lossRatio: ratio(latency),
    p95Seconds: latency?.p95Seconds ?? null,
    p95Of,
    worst: agents.toSorted(byBadness).slice(0, WORST),
  };
}

function byBadness(a: WorstAgent, b: WorstAgent): number {
  return (
    Number(a.reporting) - Number(b.reporting) ||
    (b.lossRatio ?? 0) - (a.lossRatio ?? 0) ||
    (b.p95Seconds ?? 0) - (a.p95Seconds ?? 0) ||
    (a.agent < b.agent ? -1 : 1)
  );
}

function ratio(counts: { sent: number; lost: number } | null | undefined): number | null {
  return counts === null || counts === undefined || counts.sent === 0 ? null : counts.lost / counts.sent;
}

function greatest(times: readonly (number | null)[]): number | null {
  return times.reduce((a, b) => (a === null || b === null ? (a ?? b) : Math.max(a, b)), null);
}

function least(times: readonly (number | null)[]): number | null {
  return times.reduce((a, b) => (a === null || b === null ? (a ?? b) : Math.min(a, b)), null);
}
