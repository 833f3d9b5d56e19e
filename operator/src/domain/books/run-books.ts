import { type Balance, emptyLine } from '@streamswarm/contract';
import { answeredTimes } from './answered-times.ts';
import { addLine, balanceSpan } from './balance.ts';
import type { ClosedSpan } from './close-span.ts';
import type { AgentWord, SpanAnswers } from './span-state.ts';

const MINUTE_MS = 60_000;

/** The first minutes of a span, in which every slot has its answer: nothing can change them any more. */
export interface SettledSpan {
  /** Epoch minute from which on it is not settled. */
  readonly endMinute: number;
  readonly balance: Balance;
  /** Due times of its first and last sample so far. */
  readonly firstMs: number | null;
  readonly lastMs: number | null;
}

export interface SpanBooks {
  readonly balance: Balance;
  readonly firstMs: number | null;
  readonly lastMs: number | null;
  readonly settled: SettledSpan;
}

/** A span of which nothing is settled yet. */
export function unsettled(fromMs: number): SettledSpan {
  return {
    endMinute: Math.floor(fromMs / MINUTE_MS),
    balance: balanceOf(emptyLine()),
    firstMs: null,
    lastMs: null,
  };
}

/** What is closed for good is settled too. */
export function settledAs({ endMinute, line, firstMs, lastMs }: ClosedSpan): SettledSpan {
  return { endMinute, balance: balanceOf(line), firstMs, lastMs };
}

/**
 * The books of one span until now, out of what was settled before and the answers of the minutes after that. Whole
 * minutes add up to the whole, so a run of days costs no more to look at than one of minutes.
 */
export function balanceFrom(
  before: SettledSpan,
  answers: SpanAnswers,
  { word, nowMs }: { word: AgentWord | null; nowMs: number },
): SpanBooks {
  const lineOf = (fromMinute: number, toMs: number): Balance =>
    balanceOf(balanceSpan(answers, word, { fromMs: fromMinute * MINUTE_MS, toMs }));
  const times = answeredTimes(answers);
  const firstMs = before.firstMs ?? times.firstMs;
  const lastMs = times.lastMs ?? before.lastMs;
  let { endMinute, balance } = before;
  for (const lastMinute = Math.floor(nowMs / MINUTE_MS); endMinute < lastMinute; endMinute++) {
    const minute = lineOf(endMinute, (endMinute + 1) * MINUTE_MS);
    if (!isSettled(minute, word)) break;
    balance = add(balance, minute);
  }
  return {
    balance: add(balance, lineOf(endMinute, nowMs)),
    firstMs,
    lastMs,
    settled: { endMinute, balance, firstMs, lastMs },
  };
}

/** What was dropped because its agent is gone is answered after all, should that come back. */
export function isSettled({ pending, unaccounted, dropped }: Balance, word: AgentWord | null): boolean {
  return pending === 0 && unaccounted === 0 && (dropped === 0 || word?.gone !== true);
}

export function add(a: Balance, b: Balance): Balance {
  const sum = { ...emptyLine(), ...a };
  addLine(sum, { ...emptyLine(), ...b });
  return balanceOf(sum);
}

function balanceOf(line: Balance): Balance {
  const { scheduled, ok, lost, error, denied, dropped, pending, unaccounted } = line;
  return { scheduled, ok, lost, error, denied, dropped, pending, unaccounted };
}
