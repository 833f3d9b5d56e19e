import {
  type Batch,
  type ErrorSource,
  type Metric,
  type MetricEvent,
  PROBES,
  type ProbeName,
  type SampleOutcome,
  type SlotRange,
  slotDueMs,
} from '@streamswarm/contract';
import { slotBit } from '../../domain/books/balance.ts';
import {
  type Answered,
  answerableSlots,
  claimRange,
  claimSlot,
  nothingAnswered,
} from '../../domain/books/claim-slots.ts';
import { addValue, emptyRollup, type RollupRow } from '../rollup/rollup-row.ts';
import { SAMPLE_COLUMNS } from '../tables/columns.ts';
import type { KnownSpan } from './load-answered.ts';

/** A batch as rows for the store. Times are placed by due time. */
export interface FoldedBatch {
  readonly samples: Map<ProbeName, unknown[][]>;
  readonly minutes: Map<ProbeName, Map<string, RollupRow>>;
  readonly slotMinutes: Map<string, SlotMinuteRow>;
  readonly ranges: { spanId: number; first: number; end: number; outcome: string; reason: string }[];
  /** `span reason` -> answers that no slot asked for */
  readonly surplus: Map<string, { spanId: number; reason: string; count: number }>;
  /** Answers for spans that are not this agent's. */
  readonly foreign: number;
  readonly tests: Set<string>;
  readonly days: Set<number>;
  readonly accepted: number;
  readonly changes: Change[];
}

/** Something that happened to a destination, as a count of a sample says. */
export interface Change {
  readonly spanId: number;
  readonly dueMs: number;
  readonly event: MetricEvent;
}

export interface SlotMinuteRow {
  readonly spanId: number;
  readonly minute: number;
  mask: bigint;
  ok: number;
  lost: number;
  error: number;
  readonly reasons: Record<string, number>;
}

/** For each span of a batch: which minutes and slots its answers fall in, as far as they can count at all. */
export function touchedBy(batch: Batch, spans: ReadonlyMap<number, KnownSpan>, nowMs: number) {
  const touched = new Map<number, { minutes: Set<number>; firstSlot: number; endSlot: number }>();
  const touch = (spanId: number, range: SlotRange): void => {
    const span = spans.get(spanId);
    if (span === undefined) return;
    const { first, end } = answerableSlots(span, range, nowMs);
    if (first >= end) return;
    const known = touched.get(spanId) ?? { minutes: new Set<number>(), firstSlot: first, endSlot: end };
    known.firstSlot = Math.min(known.firstSlot, first);
    known.endSlot = Math.max(known.endSlot, end);
    const from = Math.floor(slotDueMs(span, first) / 60_000);
    for (let minute = from; minute <= Math.floor(slotDueMs(span, end - 1) / 60_000); minute++)
      known.minutes.add(minute);
    touched.set(spanId, known);
  };
  for (const table of Object.values(batch.tables)) {
    for (const [i, spanId] of table.span.entries())
      touch(spanId, { first: table.slot[i] as number, end: (table.slot[i] as number) + 1 });
  }
  for (const range of batch.ranges) touch(range.span, range);
  return touched;
}

/** Decides for each answer of a batch whether it counts, and makes the rows. Pure but for marking `answered`. */
export function foldBatch(
  batch: Batch,
  spans: ReadonlyMap<number, KnownSpan>,
  answered: Map<number, Answered>,
  nowMs: number,
): FoldedBatch {
  const folded = {
    samples: new Map<ProbeName, unknown[][]>(),
    minutes: new Map<ProbeName, Map<string, RollupRow>>(),
    slotMinutes: new Map<string, SlotMinuteRow>(),
    ranges: [] as FoldedBatch['ranges'],
    surplus: new Map<string, { spanId: number; reason: string; count: number }>(),
    foreign: 0,
    tests: new Set<string>(),
    days: new Set<number>(),
    accepted: 0,
    changes: [] as Change[],
  };
  const answersOf = (id: number): Answered => {
    const known = answered.get(id) ?? nothingAnswered();
    answered.set(id, known);
    return known;
  };
  const spare = (spanId: number, reason: string, count: number): void => {
    const key = `${spanId} ${reason}`;
    const known = folded.surplus.get(key);
    if (known === undefined) folded.surplus.set(key, { spanId, reason, count });
    else known.count += count;
  };

  for (const [kind, table] of Object.entries(batch.tables) as [ProbeName, Batch['tables'][string]][]) {
    const probe = PROBES[kind];
    const events = probe.metrics.flatMap(({ name, event }) => (event === undefined ? [] : [{ name, event }]));
    const rows: unknown[][] = [];
    const minutes = new Map<string, RollupRow>();
    for (const [i, spanId] of table.span.entries()) {
      const span = spans.get(spanId);
      const slot = table.slot[i] as number;
      if (span === undefined || span.kind !== kind) {
        folded.foreign++;
        continue;
      }
      const claim = claimSlot(span, slot, answersOf(spanId), nowMs);
      if (!claim.ok) {
        spare(spanId, claim.reason, 1);
        continue;
      }
      const outcome = table.outcome[i] as SampleOutcome;
      const source = table.source[i] as ErrorSource | null;
      const reason = table.reason[i] as string | null;
      folded.tests.add(span.test);
      folded.days.add(Math.floor(claim.dueMs / 86_400_000));
      folded.accepted++;
      rows.push([
        span.stream,
        new Date(claim.dueMs).toISOString(),
        table.lateSeconds[i],
        outcome,
        source,
        reason,
        table.address[i],
        table.nulls[i],
        ...probe.metrics.map((metric) => storable(metric, table.metrics[metric.name]?.[i] ?? null)),
      ]);
      for (const { name, event } of events) {
        if (Number(table.metrics[name]?.[i] ?? 0) > 0) {
          folded.changes.push({ spanId, dueMs: claim.dueMs, event });
        }
      }
      const minuteMs = claim.minute * 60_000;
      const minuteKey = `${span.stream} ${minuteMs}`;
      const minute = minutes.get(minuteKey) ?? emptyRollup(span.stream, minuteMs);
      minutes.set(minuteKey, minute);
      minute[outcome]++;
      for (const metric of probe.metrics) addValue(minute, metric, table.metrics[metric.name]?.[i]);
      countSlot(folded.slotMinutes, spanId, claim.minute, slot, outcome, reason);
    }
    folded.samples.set(kind, rows);
    folded.minutes.set(kind, minutes);
  }

  for (const range of batch.ranges) {
    const span = spans.get(range.span);
    if (span === undefined) {
      folded.foreign += range.end - range.first;
      continue;
    }
    const { claimed, refused } = claimRange(span, range, answersOf(range.span), nowMs);
    for (const slots of claimed) {
      folded.ranges.push({ spanId: range.span, ...slots, outcome: range.outcome, reason: range.reason });
      folded.tests.add(span.test);
    }
    // `down` claims what nothing else answers; that part of it is answered is expected.
    if (refused > 0 && range.reason !== 'down') spare(range.span, 'answered-twice', refused);
  }
  for (const { span, reason, count } of batch.surplus) if (spans.has(span)) spare(span, reason, count);
  return folded;
}

/** JSON is written here: COPY would take a list of numbers for an array of Postgres. */
function storable(metric: Metric, value: unknown): unknown {
  return metric.kind === 'detail' && value !== null ? JSON.stringify(value) : value;
}

function countSlot(
  rows: Map<string, SlotMinuteRow>,
  spanId: number,
  minute: number,
  slot: number,
  outcome: SampleOutcome,
  reason: string | null,
): void {
  const key = `${spanId} ${minute}`;
  const row = rows.get(key) ?? { spanId, minute, mask: 0n, ok: 0, lost: 0, error: 0, reasons: {} };
  rows.set(key, row);
  row.mask |= slotBit(slot);
  row[outcome]++;
  if (outcome === 'error') {
    const name = `error.${reason ?? 'unknown'}`;
    row.reasons[name] = (row.reasons[name] ?? 0) + 1;
  }
}

export const sampleColumnNames = (kind: ProbeName): string[] => [
  ...SAMPLE_COLUMNS.map((column) => column.name),
  ...PROBES[kind].metrics.map((metric) => metric.name),
];
