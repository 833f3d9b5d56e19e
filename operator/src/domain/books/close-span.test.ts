import assert from 'node:assert/strict';
import { test } from 'node:test';
import { slotsDueIn } from '@streamswarm/contract';
import { slotBit } from './balance.ts';
import { type ClosedSpan, type Closing, closeSpan, nothingClosed } from './close-span.ts';
import type { AgentWord, MinuteAnswers, SpanAnswers } from './span-state.ts';

const MINUTE = 60_000;
/** Ten minutes with a slot every 10 s, six a minute. */
const span = {
  startMs: 0,
  periodMs: 10_000,
  offsetMs: 1_000,
  fromMs: 1_000,
  toMs: 10 * MINUTE,
};
const word: AgentWord = { throughMs: 20 * MINUTE, planRevision: 1, audible: true, gone: false, spooled: [] };
const closing: Closing = { word, untilMinute: 8, giveUpMinute: 0 };

/** Every slot of these minutes was ok, but for those that are left out. */
function answers(minutes: readonly number[], without: readonly number[] = []): SpanAnswers {
  const answered = minutes.map((minute): [number, MinuteAnswers] => {
    const { first, end } = slotsDueIn(span, minute * MINUTE, (minute + 1) * MINUTE);
    let mask = 0n;
    let ok = 0;
    for (let slot = first; slot < end; slot++) {
      if (without.includes(slot)) continue;
      mask |= slotBit(slot);
      ok++;
    }
    return [minute, { mask, ok, lost: 0, error: 0, reasons: {} }];
  });
  return { spanId: 1, span, openedRevision: 1, minutes: new Map(answered), ranges: [], surplus: 3 };
}

const all = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
const figures = ({ endMinute, line }: ClosedSpan) => [endMinute, line.scheduled, line.ok];

test('answered minutes are closed up to those that stay open, and not again', () => {
  const first = closeSpan(nothingClosed(span.fromMs), answers(all), closing);
  assert.deepEqual(figures(first), [8, 48, 48]);
  assert.equal(first.line.surplus, 0, 'surplus is counted apart');
  const rest = closeSpan(first, answers([8, 9]), { ...closing, untilMinute: 100 });
  assert.deepEqual(figures(rest), [10, 60, 60], 'to the end of the span and no further');
  assert.deepEqual([rest.firstMs, rest.lastMs], [1_000, 591_000]);
});

test('a slot without its answer keeps its minute open, and all after it', () => {
  const spooled = { ...word, spooled: [{ first: 20, end: 21 }] };
  for (const each of [word, spooled, null])
    assert.deepEqual(
      figures(closeSpan(nothingClosed(0), answers(all, [20]), { ...closing, word: each })),
      [3, 18, 18],
    );
});

test('what an agent that is gone left open stays open, as it may come back', () => {
  const gone = { ...word, throughMs: 3 * MINUTE, audible: false, gone: true };
  const closed = closeSpan(nothingClosed(0), answers([0, 1, 2]), { ...closing, word: gone });
  assert.equal(closed.endMinute, 3);
});

test('a minute that is given up is closed as it stands: what is awaited is dropped, a defect stays one', () => {
  const silent = { ...word, throughMs: 3 * MINUTE, audible: false };
  const given = { ...closing, word: silent, giveUpMinute: 5 };
  const { endMinute, line } = closeSpan(nothingClosed(0), answers([0, 1, 2], [7]), given);
  assert.equal(endMinute, 5);
  assert.deepEqual(
    [line.scheduled, line.ok, line.dropped, line.pending, line.unaccounted],
    [30, 17, 12, 0, 1],
  );
  assert.deepEqual(line.reasons, { 'dropped.retention': 12 });
});
