import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BooksLine, emptyLine, type Span, slotDueMs } from '@streamswarm/contract';
import { addLine, balanceSpan, slotBit } from './balance.ts';
import type { AgentWord, MinuteAnswers, RangeAnswer, SpanAnswers } from './span-state.ts';

const noon = Date.parse('2026-01-01T12:00:00Z');
const at = (seconds: number): number => noon + Math.round(seconds * 1_000);
const everything = { fromMs: 0, toMs: at(3_600) };
const word = (over: Partial<AgentWord> = {}): AgentWord => ({
  throughMs: at(3_600),
  planRevision: 9,
  audible: true,
  gone: false,
  spooled: [],
  ...over,
});

/** The answers of a span whose listed slots were measured. */
function answered(span: Span, slots: Iterable<number>, ranges: RangeAnswer[] = []): SpanAnswers {
  const minutes = new Map<number, MinuteAnswers>();
  for (const slot of slots) {
    const minute = Math.floor(slotDueMs(span, slot) / 60_000);
    const before = minutes.get(minute) ?? { mask: 0n, ok: 0, lost: 0, error: 0, reasons: {} };
    minutes.set(minute, { ...before, mask: before.mask | slotBit(slot), ok: before.ok + 1 });
  }
  return { spanId: 1, span, openedRevision: 1, minutes, ranges, surplus: 0 };
}

function* slots(first: number, end: number): Generator<number> {
  for (let slot = first; slot < end; slot++) yield slot;
}

test('the example of the books: two agents, an outage, a late destination, a stop', () => {
  const total = emptyLine();
  const stopped = at(240.7);
  for (const agent of ['a', 'b']) {
    for (const [i, offset] of [700, 2_345, 4_999].entries()) {
      const span: Span = {
        startMs: noon,
        periodMs: 5_000,
        fromMs: noon,
        toMs: stopped,
        offsetMs: offset + i,
      };
      const down: RangeAnswer[] =
        agent === 'b' ? [{ first: 12, end: 24, outcome: 'dropped', reason: 'down' }] : [];
      const measured = agent === 'b' ? [...slots(0, 12), ...slots(24, 48)] : [...slots(0, 48)];
      addLine(total, balanceSpan(answered(span, measured, down), word(), everything));
    }
    const added: Span = { startMs: noon, periodMs: 5_000, fromMs: at(151.4), toMs: stopped, offsetMs: 900 };
    addLine(total, balanceSpan(answered(added, slots(30, 48)), word(), everything));
  }
  assert.deepEqual(total, {
    ...emptyLine(),
    scheduled: 324,
    ok: 288,
    dropped: 36,
    reasons: { 'dropped.down': 36 },
  } satisfies BooksLine);
});

test('while an agent is down its slots are pending, silent', () => {
  const span: Span = { startMs: noon, periodMs: 5_000, fromMs: noon, toMs: null, offsetMs: 700 };
  const line = balanceSpan(answered(span, slots(0, 12)), word({ throughMs: at(60), audible: false }), {
    fromMs: 0,
    toMs: at(120),
  });
  assert.deepEqual([line.scheduled, line.ok, line.pending, line.unaccounted], [24, 12, 12, 0]);
  assert.deepEqual(line.reasons, { 'pending.silent': 12 });
});

test('a slot that the agent vouched for and that is nowhere is unaccounted, exactly it', () => {
  const span: Span = { startMs: noon, periodMs: 5_000, fromMs: noon, toMs: null, offsetMs: 700 };
  const window = { fromMs: 0, toMs: at(120) };
  const measured = [...slots(0, 5), ...slots(8, 24)];
  assert.equal(balanceSpan(answered(span, measured), word(), window).unaccounted, 3);
  const listed = balanceSpan(answered(span, measured), word({ spooled: [{ first: 5, end: 7 }] }), window);
  assert.deepEqual([listed.unaccounted, listed.pending], [1, 2]);
});

test('a stream that the agent has not heard of is pending, whatever its word says', () => {
  const span: Span = { startMs: noon, periodMs: 5_000, fromMs: noon, toMs: null, offsetMs: 700 };
  const line = balanceSpan(answered(span, []), word({ planRevision: 0 }), { fromMs: 0, toMs: at(60) });
  assert.deepEqual([line.pending, line.unaccounted], [12, 0]);
});

test('windows of whole minutes add up to the whole', () => {
  const span: Span = { startMs: noon, periodMs: 1_000, fromMs: at(12.3), toMs: at(400), offsetMs: 456 };
  const answers = answered(span, slots(12, 399));
  const whole = balanceSpan(answers, word(), everything);
  const parts = emptyLine();
  for (let minute = 0; minute < 10; minute++) {
    const window = { fromMs: at(minute * 60), toMs: at(minute * 60 + 60) };
    const inside = new Map([...answers.minutes].filter(([key]) => key * 60_000 === window.fromMs));
    addLine(parts, balanceSpan({ ...answers, minutes: inside }, word(), window));
  }
  assert.deepEqual(parts, whole);
  assert.equal(whole.unaccounted, 1);
});

test('of an agent that is gone, what it had not answered is dropped; what it vouched for stays as it is', () => {
  const span: Span = { startMs: noon, periodMs: 5_000, fromMs: noon, toMs: at(120), offsetMs: 700 };
  const window = { fromMs: 0, toMs: at(300) };
  // It answered slots 0 to 9 but for number 4, has 12 in its spool, and its word covers slots 0 to 9.
  const answers = answered(span, [...slots(0, 4), ...slots(5, 10)]);
  const last = word({ throughMs: at(60), audible: false, spooled: [{ first: 12, end: 13 }] });
  const silent = balanceSpan(answers, last, window);
  assert.deepEqual(
    [silent.ok, silent.pending, silent.dropped, silent.unaccounted],
    [9, 14, 0, 1],
    'while it may come back',
  );
  const gone = balanceSpan(answers, { ...last, gone: true }, window);
  assert.deepEqual([gone.ok, gone.pending, gone.dropped, gone.unaccounted], [9, 0, 14, 1]);
  assert.deepEqual(gone.reasons, { 'dropped.gone': 14 });
  const never = balanceSpan(answered(span, []), word({ throughMs: 0, planRevision: 0, gone: true }), window);
  assert.deepEqual([never.scheduled, never.dropped], [24, 24], 'it never said a word');
});
