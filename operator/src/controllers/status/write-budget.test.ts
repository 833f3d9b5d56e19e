import assert from 'node:assert/strict';
import { test } from 'node:test';
import { progressPeriodMs, startWriteBudget } from './write-budget.ts';

test('few tests are written every 10 s, many so rarely that they stay below 10 a second', () => {
  assert.equal(progressPeriodMs(0), 10_000);
  assert.equal(progressPeriodMs(80), 10_000);
  assert.equal(progressPeriodMs(1_000), 125_000);
});

test('in no second more than 10 are given out, also after a rest', () => {
  let nowMs = 0;
  const budget = startWriteBudget(() => nowMs);
  const given: number[] = [];
  for (nowMs = 60_000; nowMs < 65_000; nowMs += 5) if (budget.take() === 0) given.push(nowMs);
  assert.ok(given.length >= 49 && given.length <= 51, `${given.length}`);
  for (const [i, atMs] of given.entries())
    assert.ok((given[i + 10] ?? Number.POSITIVE_INFINITY) - atMs >= 1_000, `${atMs}`);
});

test('who must wait is told how long, and gets its write then', () => {
  let nowMs = 0;
  const budget = startWriteBudget(() => nowMs);
  assert.equal(budget.take(), 0);
  const waitMs = budget.take();
  assert.ok(waitMs > 0 && waitMs <= 100);
  nowMs += waitMs;
  assert.equal(budget.take(), 0);
});
