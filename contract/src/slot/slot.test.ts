import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  countSlots,
  firstSlot,
  firstSlotDueFrom,
  isScheduled,
  type Span,
  slotDueMs,
  slotsDueIn,
} from './slot.ts';

const noon = Date.parse('2026-01-01T12:00:00Z');
const at = (seconds: number): number => noon + Math.round(seconds * 1000);
const span = (over: Partial<Span> = {}): Span => ({
  startMs: noon,
  periodMs: 5_000,
  fromMs: noon,
  toMs: null,
  offsetMs: 1_700,
  ...over,
});

test('the first slot is due when the stream opens, later ones at their offset', () => {
  const opened = span({ fromMs: at(151.4) });
  assert.equal(firstSlot(opened), 30);
  assert.equal(slotDueMs(opened, 30), at(151.4));
  assert.equal(slotDueMs(opened, 31), at(156.7));
});

test('a slot is scheduled if it is due before the end', () => {
  const closed = span({ toMs: at(240.7), offsetMs: 700 });
  assert.equal(countSlots(slotsDueIn(closed, noon, at(9_999))), 48);
  assert.equal(isScheduled(closed, 47), true);
  assert.equal(isScheduled(closed, 48), false);
  assert.equal(isScheduled(closed, -1), false);
  const late = span({ fromMs: at(151.4), toMs: at(240.7), offsetMs: 700 });
  assert.equal(countSlots(slotsDueIn(late, noon, at(9_999))), 18);
});

test('windows that touch count every slot once', () => {
  const opened = span({ fromMs: at(2.2), toMs: at(200) });
  let sum = 0;
  for (let t = 0; t < 300; t += 0.9) sum += countSlots(slotsDueIn(opened, at(t), at(t + 0.9)));
  assert.equal(sum, countSlots(slotsDueIn(opened, 0, Number.MAX_SAFE_INTEGER)));
  for (let slot = firstSlot(opened); slot < 20; slot++) {
    assert.equal(firstSlotDueFrom(opened, slotDueMs(opened, slot)), slot);
    assert.equal(firstSlotDueFrom(opened, slotDueMs(opened, slot) + 1), slot + 1);
  }
});

test('a span that closes before it opens has no slot', () => {
  const nothing = span({ toMs: noon });
  assert.equal(countSlots(slotsDueIn(nothing, 0, Number.MAX_SAFE_INTEGER)), 0);
});
