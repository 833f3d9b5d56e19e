import assert from 'node:assert/strict';
import { test } from 'node:test';
import { beforeOf, changeText, comparisonWords, windowBefore } from './before.ts';

const at = (clock: string): number => new Date(`2026-11-24T${clock}`).getTime();
const shown = { fromMs: at('09:24:00'), toMs: at('10:24:00') };
const red = { ms: at('10:07:15'), text: 'p95 over its limit', bad: true };
const grey = { ms: at('09:42:00'), text: 'restarted', bad: false };
const later = { ms: at('10:12:00'), text: 'lost its session', bad: true };

test('what comes after a red mark is compared with what is shown before the first one', () => {
  const marked = { fromMs: shown.fromMs, toMs: red.ms };
  assert.deepEqual(windowBefore(shown, [later, grey, red], at('10:09:00')), marked);
  assert.deepEqual(windowBefore(shown, [later, grey, red], at('10:20:00')), marked);
});

test('without a red mark before it, with as much time before what is shown', () => {
  const earlier = { fromMs: at('08:24:00'), toMs: at('09:24:00') };
  assert.deepEqual(windowBefore(shown, [], at('10:09:00')), earlier);
  assert.deepEqual(windowBefore(shown, [grey, red], at('10:00:00')), earlier);
  const atOnce = { ...red, ms: at('09:25:00') };
  assert.deepEqual(windowBefore(shown, [atOnce, red], at('10:09:00')), earlier, 'a minute is too short');
});

test('a change is a share of what was before, and needs both', () => {
  assert.equal(changeText(0.0912, 0.0306, null), '+198\u00a0%');
  assert.equal(changeText(0.5, 1, null), '\u221250\u00a0%');
  assert.equal(changeText(1.001, 1, null), '\u00b10\u00a0%');
  assert.equal(changeText(13, 1, null), '+1,200\u00a0%');
  for (const [value, before] of [
    [null, 1],
    [1, null],
    [1, 0],
  ] as const)
    assert.equal(changeText(value, before, null), null);
});

test('a difference within the own error is no change that was measured', () => {
  assert.equal(changeText(0.000_04, 0.000_03, 0.000_018), '\u2248');
  assert.equal(changeText(0.000_06, 0.000_03, 0.000_018), '+100\u00a0%');
});

test('the card says against what, or why not', () => {
  const times = { from: new Date(at('09:24:00')).toISOString(), to: new Date(at('10:07:15')).toISOString() };
  const series = { mean: [0.02], p50: [0.02], p95: [0.03], p99: [null] };
  const before = beforeOf({ ...times, series: [series] });
  assert.deepEqual(before.values, { mean: 0.02, p50: 0.02, p95: 0.03, p99: null });
  const words = (of: typeof before | null, isFailed = false) => comparisonWords({ before: of, isFailed });
  assert.equal(words(before), 'change against 09:24 \u2013 10:07');
  assert.equal(
    words(beforeOf({ ...times, series: [] })),
    'no change: nothing was measured 09:24 \u2013 10:07',
  );
  assert.equal(words(null), 'reading the time before');
  assert.equal(words(null, true), 'no change: the time before could not be read');
});
