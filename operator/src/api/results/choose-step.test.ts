import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseStep } from './choose-step.ts';

const HOUR = 3_600_000;
const NOON = Date.parse('2026-12-01T12:00:00Z');
const wish = { pixels: 600, stepMs: null, periodMs: 5_000, slotsPerSecond: 1, hasRollup: true };
const last = (ms: number) => ({ fromMs: NOON - ms, toMs: NOON });

test('an hour is served by raw samples, in whole periods', () => {
  // 3600 s / 600 = 6 s, so two periods of 5 s.
  assert.deepEqual(chooseStep({ ...wish, window: last(HOUR) }), {
    level: 'raw',
    stepMs: 10_000,
    steps: 360,
    fromMs: NOON - HOUR,
    toMs: NOON,
  });
});

test('two hours are the first window that the minutes serve', () => {
  assert.equal(chooseStep({ ...wish, window: last(2 * HOUR - 1) }).level, 'raw');
  const plan = chooseStep({ ...wish, window: last(2 * HOUR) });
  assert.deepEqual([plan.level, plan.stepMs, plan.steps], ['1m', 60_000, 120]);
});

test('a day in 600 points is 24 h / 600 = 144 s, so 3 min', () => {
  const plan = chooseStep({ ...wish, window: last(24 * HOUR) });
  assert.deepEqual([plan.level, plan.stepMs, plan.steps], ['1m', 180_000, 480]);
});

test('a step asked for is rounded up to the level, and a fine one needs raw samples', () => {
  assert.equal(chooseStep({ ...wish, stepMs: 61_000, window: last(24 * HOUR) }).stepMs, 120_000);
  const fine = chooseStep({ ...wish, stepMs: 30_000, window: last(24 * HOUR) });
  assert.deepEqual([fine.level, fine.stepMs], ['raw', 30_000]);
  const absurd = chooseStep({ ...wish, stepMs: 1_000, periodMs: 1_000, window: last(24 * HOUR) });
  assert.equal(absurd.stepMs, 18_000, '24 h in at most 5000 steps is 17.28 s, so 18 s');
});

test('a slow probe gets steps of its period, also from minutes', () => {
  assert.equal(chooseStep({ ...wish, periodMs: 300_000, window: last(HOUR) }).stepMs, 300_000);
  assert.equal(chooseStep({ ...wish, periodMs: 90_000, window: last(4 * HOUR) }).stepMs, 120_000);
});

test('the window is widened to whole steps, so that their borders stand still', () => {
  const plan = chooseStep({ ...wish, window: { fromMs: NOON - HOUR + 3_210, toMs: NOON + 3_210 } });
  assert.deepEqual([plan.fromMs, plan.toMs, plan.steps], [NOON - HOUR, NOON + 10_000, 361]);
});

test('more samples than can be read while somebody waits are answered by minutes', () => {
  // 200,000 samples in an hour are 55.6 a second.
  assert.equal(chooseStep({ ...wish, slotsPerSecond: 55, window: last(HOUR) }).level, 'raw');
  const plan = chooseStep({ ...wish, slotsPerSecond: 56, window: last(HOUR) });
  assert.deepEqual([plan.level, plan.stepMs, plan.steps], ['1m', 60_000, 60]);
});

test('a metric without rollup is served raw however long the window', () => {
  assert.equal(chooseStep({ ...wish, hasRollup: false, window: last(24 * HOUR) }).level, 'raw');
});
