import {
  type BooksLine,
  countSlots,
  emptyLine,
  intersectSlots,
  type SlotRange,
  type Span,
  slotDeadlineMs,
  slotsDueIn,
} from '@streamswarm/contract';
import type { AgentWord, SpanAnswers, Window } from './span-state.ts';

const MINUTE_MS = 60_000;

/**
 * The books of one span over a window of whole minutes, slot by slot: every scheduled slot is found answered,
 * or pending for a reason, or is unaccounted. Nothing is computed as a difference of totals, so that one slot
 * too many and one too few cannot cancel.
 */
export function balanceSpan(answers: SpanAnswers, word: AgentWord | null, window: Window): BooksLine {
  const line = emptyLine();
  line.surplus = answers.surplus;
  const { span } = answers;
  const all = slotsDueIn(span, window.fromMs, window.toMs);
  line.scheduled = countSlots(all);
  for (const range of answers.ranges) {
    const slots = countSlots(intersectSlots(range, all));
    line[range.outcome] += slots;
    count(line, `${range.outcome}.${range.reason}`, slots);
  }
  const firstMinute = Math.floor(Math.max(window.fromMs, span.fromMs) / MINUTE_MS);
  const endMs = Math.min(window.toMs, span.toMs ?? Number.POSITIVE_INFINITY);
  for (let minute = firstMinute; minute * MINUTE_MS < endMs; minute++) {
    const due = intersectSlots(slotsDueIn(span, minute * MINUTE_MS, (minute + 1) * MINUTE_MS), all);
    const answered = answers.minutes.get(minute);
    if (answered !== undefined) {
      line.ok += answered.ok;
      line.lost += answered.lost;
      line.error += answered.error;
      for (const [reason, slots] of Object.entries(answered.reasons)) count(line, reason, slots);
    }
    if (answered !== undefined && holdsAll(answered.mask, due)) continue;
    for (let slot = due.first; slot < due.end; slot++) {
      if (isAnswered(answered?.mask ?? 0n, slot)) continue;
      if (answers.ranges.some((range) => slot >= range.first && slot < range.end)) continue;
      const reason = pendingReason(span, slot, answers.openedRevision, word);
      if (reason === null) line.unaccounted++;
      else if (word?.gone === true) {
        line.dropped++;
        count(line, 'dropped.gone', 1);
      } else {
        line.pending++;
        count(line, `pending.${reason}`, 1);
      }
    }
  }
  return line;
}

export function slotBit(slot: number): bigint {
  return 1n << BigInt(slot % 64);
}

/** Whether the bits of all these slots are set; the usual case, decided without looking at each. */
function holdsAll(mask: bigint, slots: SlotRange): boolean {
  const run = (1n << BigInt(countSlots(slots))) - 1n;
  const shifted = run << BigInt(slots.first % 64);
  const wanted = (shifted | (shifted >> 64n)) & ALL_BITS;
  return (mask & wanted) === wanted;
}

const ALL_BITS = (1n << 64n) - 1n;

function isAnswered(mask: bigint, slot: number): boolean {
  return (mask & slotBit(slot)) !== 0n;
}

/** Why an unanswered slot is still open, or null where the agent vouched for it and it is nowhere. */
function pendingReason(
  span: Span,
  slot: number,
  openedRevision: number,
  word: AgentWord | null,
): string | null {
  if (word === null) return 'silent';
  if (word.spooled.some((range: SlotRange) => slot >= range.first && slot < range.end)) return 'spooled';
  if (openedRevision > word.planRevision || slotDeadlineMs(span, slot) >= word.throughMs) {
    return word.audible ? 'young' : 'silent';
  }
  return null;
}

function count(line: BooksLine, reason: string, slots: number): void {
  if (slots > 0) line.reasons[reason] = (line.reasons[reason] ?? 0) + slots;
}

/** Adds one line to another, in place. */
export function addLine(sum: BooksLine, line: BooksLine): void {
  for (const key of [
    'scheduled',
    'ok',
    'lost',
    'error',
    'denied',
    'dropped',
    'pending',
    'unaccounted',
    'surplus',
  ] as const) {
    sum[key] += line[key];
  }
  for (const [reason, slots] of Object.entries(line.reasons)) count(sum, reason, slots);
}
