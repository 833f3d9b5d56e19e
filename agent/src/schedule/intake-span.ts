import {
  firstSlot,
  firstSlotDueFrom,
  intersectSlots,
  type SlotRange,
  type Span,
  slotsDueIn,
} from '@streamswarm/contract/slot/slot';
import { subtractRuns } from '../spool/slot-runs.ts';

export interface IntakeFacts {
  readonly nowMs: number;
  /** Start of this process. */
  readonly startedMs: number;
  /**
   * What an earlier life of this agent answered: every slot due before `doneMs` but for `open`. Null for a span
   * that no earlier word covers.
   */
  readonly answered: { readonly doneMs: number; readonly open: readonly SlotRange[] } | null;
  /** Slots that lie in the spool; sorted and joined. */
  readonly spooled: readonly SlotRange[];
}

export interface Intake {
  /** Slots that can begin no more, with the reason. */
  readonly dropped: readonly (SlotRange & { readonly reason: 'down' | 'late-plan' })[];
  /** Slots due already that can still begin. */
  readonly begin: readonly number[];
  /** The slot to wait for. */
  readonly next: number;
}

/**
 * Where to take up a span that this process did not know: each slot of it that is due already and not answered is
 * begun if its period allows it, else dropped: `down` when no process was there to begin it, `late-plan` when
 * this one was there and had not heard of the span.
 */
export function intakeSpan(span: Span, facts: IntakeFacts): Intake {
  const { nowMs, answered, spooled } = facts;
  const beginnable = firstSlotDueFrom(span, nowMs - span.periodMs);
  const knowable = firstSlotDueFrom(span, facts.startedMs - span.periodMs);
  const unanswered = subtractRuns(notAnswered(span, nowMs, answered), spooled);
  const dropped: (SlotRange & { reason: 'down' | 'late-plan' })[] = [];
  const begin: number[] = [];
  for (const range of unanswered) {
    const missed = intersectSlots(range, { first: range.first, end: beginnable });
    const down = answered === null ? intersectSlots(missed, { first: missed.first, end: knowable }) : missed;
    if (down.first < down.end) dropped.push({ ...down, reason: 'down' });
    const late = { first: Math.max(missed.first, down.end), end: missed.end };
    if (late.first < late.end) dropped.push({ ...late, reason: 'late-plan' });
    for (let slot = Math.max(range.first, beginnable); slot < range.end; slot++) begin.push(slot);
  }
  const next = Math.max(
    firstSlotDueFrom(span, Math.max(nowMs, answered?.doneMs ?? nowMs)),
    spooled.at(-1)?.end ?? 0,
  );
  return { dropped, begin, next };
}

function notAnswered(span: Span, nowMs: number, answered: IntakeFacts['answered']): SlotRange[] {
  const due = slotsDueIn(span, span.fromMs, nowMs);
  if (answered === null) return due.first < due.end ? [due] : [];
  const done = Math.max(firstSlot(span), firstSlotDueFrom(span, answered.doneMs));
  const ranges = answered.open.map((range) =>
    intersectSlots(range, { first: due.first, end: Math.min(due.end, done) }),
  );
  ranges.push({ first: Math.max(due.first, done), end: due.end });
  return ranges.filter(({ first, end }) => first < end);
}
