/**
 * Slots: the periods of a stream and when each is due.
 *
 * A span is one opening of a stream: it measures in every period n of [start + n*p, +p) from the one that
 * `fromMs` lies in. That first period is due at `fromMs` itself, each later one at start + n*p + offset. A slot
 * is scheduled if it is due before `toMs`. All times are whole milliseconds of the operator's clock.
 */
export interface Span {
  /** Start of the run: period 0 begins here. */
  readonly startMs: number;
  readonly periodMs: number;
  /** Commit time of the plan revision that opened the stream. */
  readonly fromMs: number;
  /** The stream closes here; null while it is open. */
  readonly toMs: number | null;
  /** Where in its period a slot is due: the stream key modulo the period. */
  readonly offsetMs: number;
}

/** A run of slot numbers, first inclusive, end exclusive; empty when `first >= end`. */
export interface SlotRange {
  readonly first: number;
  readonly end: number;
}

/** Period number of the slot that is due when the stream opens. */
export function firstSlot(span: Span): number {
  return Math.floor((span.fromMs - span.startMs) / span.periodMs);
}

export function slotDueMs(span: Span, slot: number): number {
  return slot === firstSlot(span) ? span.fromMs : span.startMs + slot * span.periodMs + span.offsetMs;
}

/** The first slot that is due at or after `timeMs`. */
export function firstSlotDueFrom(span: Span, timeMs: number): number {
  const first = firstSlot(span);
  if (timeMs <= span.fromMs) return first;
  return Math.max(first + 1, Math.ceil((timeMs - span.startMs - span.offsetMs) / span.periodMs));
}

/** The scheduled slots that are due in [fromMs, toMs). */
export function slotsDueIn(span: Span, fromMs: number, toMs: number): SlotRange {
  const until = span.toMs === null ? toMs : Math.min(toMs, span.toMs);
  const first = firstSlotDueFrom(span, fromMs);
  return until <= span.fromMs
    ? { first, end: first }
    : { first, end: Math.max(first, firstSlotDueFrom(span, until)) };
}

export function isScheduled(span: Span, slot: number): boolean {
  return (
    Number.isSafeInteger(slot) &&
    slot >= firstSlot(span) &&
    (span.toMs === null ? true : slotDueMs(span, slot) < span.toMs)
  );
}

/** A slot that has not begun by then is dropped. */
export function latestBeginMs(span: Span, slot: number): number {
  return slotDueMs(span, slot) + span.periodMs;
}

/**
 * When a slot must have its answer: it may begin one period late and may take one period. An agent's word
 * `through` vouches for every slot whose deadline lies before it.
 */
export function slotDeadlineMs(span: Span, slot: number): number {
  return slotDueMs(span, slot) + 2 * span.periodMs;
}

/** The slots whose deadline lies before `throughMs`: those that an agent's word covers. */
export function slotsVouchedFor(span: Span, throughMs: number): SlotRange {
  return slotsDueIn(span, span.fromMs, throughMs - 2 * span.periodMs);
}

export function countSlots(range: SlotRange): number {
  return Math.max(0, range.end - range.first);
}

/** The part of `range` that lies inside `other`. */
export function intersectSlots(range: SlotRange, other: SlotRange): SlotRange {
  return { first: Math.max(range.first, other.first), end: Math.min(range.end, other.end) };
}
