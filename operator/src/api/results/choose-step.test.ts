import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseStep } from './choose-step.ts';

const HOUR = 3_600_000;
const NOON = Date.parse('2026-12-01T12:00:00Z');
const DAY = 24 * HOUR;
const wish = {
  pixels: 600,
  stepMs: null,
  periodMs: 5_000,
  series: 1,
  streams: 5,
  slotsPerSecond: 1,
  keptSinceMs: {
    raw: NOON - 7 * DAY,
    '1m': NOON - 30 * DAY,
    '10m': NOON - 180 * DAY,
    '1h': NOON - 730 * DAY,
  },
  hasRollup: true,
};
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

test('coarser levels serve from 120 of their rows on', () => {
  const served = (ms: number) => {
    const { level, stepMs, steps } = chooseStep({ ...wish, window: last(ms) });
    return [level, stepMs, steps];
  };
  // 10 h / 600 = 60 s
  assert.deepEqual(served(10 * HOUR), ['1m', 60_000, 600]);
  assert.equal(served(20 * HOUR - 1)[0], '1m');
  assert.deepEqual(served(20 * HOUR), ['10m', 600_000, 120]);
  assert.deepEqual(served(24 * HOUR), ['10m', 600_000, 144]);
  assert.deepEqual(served(72 * HOUR), ['10m', 600_000, 432]);
  assert.equal(served(120 * HOUR - 1)[0], '10m');
  assert.deepEqual(served(120 * HOUR), ['1h', HOUR, 120]);
  // 720 h / 600 = 1.2 h, so 2 h
  assert.deepEqual(served(720 * HOUR), ['1h', 2 * HOUR, 360]);
});

test('more rows of a rollup than a query may read are answered by a coarser one', () => {
  // 12 h of minutes are 720 rows a stream, and 83 streams 59,760; the window below holds whole minutes.
  const busy = { ...wish, slotsPerSecond: 100, window: last(12 * HOUR) };
  assert.equal(chooseStep({ ...busy, streams: 83 }).level, '1m');
  const plan = chooseStep({ ...busy, streams: 84 });
  assert.deepEqual([plan.level, plan.stepMs, plan.steps], ['10m', 600_000, 72]);
  assert.equal(chooseStep({ ...busy, streams: 10_000 }).level, '1h');
  // A stream has no more rows than slots: 1,000 streams with one slot in 50 min.
  assert.equal(chooseStep({ ...busy, streams: 1_000, slotsPerSecond: 1 / 3 }).level, '1m');
});

test('many series get longer steps, yet not fewer than 120 where the level has them', () => {
  const steps = (series: number, ms: number) => chooseStep({ ...wish, series, window: last(ms) }).steps;
  assert.deepEqual(
    [10, 16, 30, 50, 5_000].map((series) => steps(series, 72 * HOUR)),
    [432, 432, 216, 144, 144],
  );
  assert.deepEqual(
    [1, 50].map((series) => steps(series, HOUR)),
    [360, 120],
  );
  assert.deepEqual(
    [1, 50].map((series) => steps(series, 24 * HOUR)),
    [144, 144],
  );
  assert.deepEqual(
    [1, 50].map((series) => steps(series, 720 * HOUR)),
    [360, 120],
  );
  const asked = chooseStep({ ...wish, series: 50, stepMs: 600_000, window: last(72 * HOUR) });
  assert.equal(asked.steps, 432, 'a step asked for is given');
});

test('a step asked for is rounded up to the level, and a fine one needs a fine level', () => {
  const asked = (stepMs: number, ms: number) => {
    const plan = chooseStep({ ...wish, stepMs, window: last(ms) });
    return [plan.level, plan.stepMs];
  };
  assert.deepEqual(asked(61_000, 24 * HOUR), ['1m', 120_000]);
  assert.deepEqual(asked(601_000, 24 * HOUR), ['10m', 1_200_000]);
  assert.deepEqual(asked(24 * HOUR, 24 * HOUR), ['10m', 24 * HOUR]);
  assert.deepEqual(asked(30_000, 24 * HOUR), ['raw', 30_000]);
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

test('what a level keeps no longer is answered by the finest that has it', () => {
  const hourSince = (days: number) => {
    const fromMs = NOON - days * DAY;
    const plan = chooseStep({ ...wish, window: { fromMs, toMs: fromMs + HOUR } });
    return [plan.level, plan.steps];
  };
  assert.deepEqual(hourSince(7), ['raw', 360]);
  assert.deepEqual(hourSince(8), ['1m', 60]);
  assert.deepEqual(hourSince(31), ['10m', 6]);
  assert.deepEqual(hourSince(181), ['1h', 1]);
  assert.deepEqual(hourSince(1_000), ['1h', 1], 'nothing has it: the coarsest says so');
});

test('a metric without rollup is served raw however long the window', () => {
  assert.equal(chooseStep({ ...wish, hasRollup: false, window: last(24 * HOUR) }).level, 'raw');
});
