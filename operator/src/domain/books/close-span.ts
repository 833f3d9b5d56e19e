import { type BooksLine, emptyLine } from '@streamswarm/contract';
import { answeredTimes } from './answered-times.ts';
import { addLine, balanceSpan } from './balance.ts';
import { isSettled } from './run-books.ts';
import type { AgentWord, SpanAnswers } from './span-state.ts';

const MINUTE_MS = 60_000;

/** The books of a span before `endMinute`, for good. */
export interface ClosedSpan {
  readonly endMinute: number;
  /** Nothing in it is pending; its surplus is 0, because that is counted apart. */
  readonly line: BooksLine;
  /** Due times of its first and last sample so far. */
  readonly firstMs: number | null;
  readonly lastMs: number | null;
}

export interface Closing {
  readonly word: AgentWord | null;
  /** Minutes from this one on stay open. */
  readonly untilMinute: number;
  /** Minutes before this one are closed as they stand: they are about to be dropped. */
  readonly giveUpMinute: number;
}

/** Nothing of the span is closed yet. */
export function nothingClosed(fromMs: number): ClosedSpan {
  return { endMinute: Math.floor(fromMs / MINUTE_MS), line: emptyLine(), firstMs: null, lastMs: null };
}

/** Closes minute by minute as long as each slot has its answer, or is given up. */
export function closeSpan(before: ClosedSpan, answers: SpanAnswers, closing: Closing): ClosedSpan {
  const { word, untilMinute, giveUpMinute } = closing;
  const line = emptyLine();
  addLine(line, before.line);
  const lastMinute = Math.min(untilMinute, Math.ceil((answers.span.toMs ?? Infinity) / MINUTE_MS));
  let { endMinute } = before;
  for (; endMinute < lastMinute; endMinute++) {
    const minute = balanceSpan(answers, word, {
      fromMs: endMinute * MINUTE_MS,
      toMs: (endMinute + 1) * MINUTE_MS,
    });
    if (endMinute >= giveUpMinute && !isSettled(minute, word)) break;
    addLine(line, { ...givenUp(minute), surplus: 0 });
  }
  const times = answeredTimes(answers);
  return {
    endMinute,
    line,
    firstMs: before.firstMs ?? times.firstMs,
    lastMs: times.lastMs ?? before.lastMs,
  };
}

/** What is still awaited when its minute is given up is taken no more: it is dropped. */
function givenUp(line: BooksLine): BooksLine {
  if (line.pending === 0) return line;
  const reasons = Object.entries(line.reasons).filter(([reason]) => !reason.startsWith('pending.'));
  return {
    ...line,
    pending: 0,
    dropped: line.dropped + line.pending,
    reasons: { ...Object.fromEntries(reasons), 'dropped.retention': line.pending },
  };
}
