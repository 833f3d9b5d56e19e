import {
  countSlots,
  intersectSlots,
  isScheduled,
  type SlotRange,
  type Span,
  slotDueMs,
  slotsDueIn,
} from '@streamswarm/contract';
import { slotBit } from './balance.ts';

/** Which slots of a span are answered already: samples by minute, ranges, and whatever is closed. */
export interface Answered {
  /** Slots due before it have been settled for good, whatever became of them. */
  closedMs: number;
  readonly masks: Map<number, bigint>;
  readonly ranges: SlotRange[];
}

export function nothingAnswered(): Answered {
  return { closedMs: 0, masks: new Map(), ranges: [] };
}

export type Claim =
  | { readonly ok: true; readonly dueMs: number; readonly minute: number }
  | { readonly ok: false; readonly reason: 'not-scheduled' | 'not-due' | 'answered-twice' };

/**
 * A slot is answered once and the first answer wins. Whether `slot` may be answered now; if so it is marked in
 * `answered`.
 */
export function claimSlot(span: Span, slot: number, answered: Answered, nowMs: number): Claim {
  if (!isScheduled(span, slot)) return { ok: false, reason: 'not-scheduled' };
  const dueMs = slotDueMs(span, slot);
  if (dueMs > nowMs + CLOCK_TOLERANCE_MS) return { ok: false, reason: 'not-due' };
  if (isAnswered(span, slot, answered)) return { ok: false, reason: 'answered-twice' };
  const minute = Math.floor(dueMs / 60_000);
  answered.masks.set(minute, (answered.masks.get(minute) ?? 0n) | slotBit(slot));
  return { ok: true, dueMs, minute };
}

/** An agent's idea of the operator's clock may be off by a round trip or two. */
const CLOCK_TOLERANCE_MS = 2_000;

/** The part of `range` that is scheduled and due by now: what an agent may answer at all. */
export function answerableSlots(span: Span, range: SlotRange, nowMs: number): SlotRange {
  const clipped = intersectSlots(range, slotsDueIn(span, span.fromMs, nowMs + CLOCK_TOLERANCE_MS));
  return clipped.end > clipped.first ? clipped : { first: range.first, end: range.first };
}

/** The runs of slots of `range` that may be answered now, and how many of it may not. */
export function claimRange(
  span: Span,
  range: SlotRange,
  answered: Answered,
  nowMs: number,
): { claimed: SlotRange[]; refused: number } {
  const answerable = answerableSlots(span, range, nowMs);
  const claimed: { first: number; end: number }[] = [];
  for (let slot = answerable.first; slot < answerable.end; slot++) {
    if (isAnswered(span, slot, answered)) continue;
    const last = claimed.at(-1);
    if (last !== undefined && last.end === slot) last.end++;
    else claimed.push({ first: slot, end: slot + 1 });
  }
  answered.ranges.push(...claimed);
  const taken = claimed.reduce((sum, slots) => sum + countSlots(slots), 0);
  return { claimed, refused: countSlots(range) - taken };
}

function isAnswered(span: Span, slot: number, { closedMs, masks, ranges }: Answered): boolean {
  const dueMs = slotDueMs(span, slot);
  const mask = masks.get(Math.floor(dueMs / 60_000)) ?? 0n;
  return (
    dueMs < closedMs ||
    (mask & slotBit(slot)) !== 0n ||
    ranges.some((range) => slot >= range.first && slot < range.end)
  );
}
