import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Run, TestSummary } from '@streamswarm/contract/wire/views';
import { progressOf } from './progress.ts';

const START = Date.parse('2026-11-24T10:00:00Z');
const run: Run = {
  id: 'r',
  number: 1,
  reason: 'Created',
  startTime: '2026-11-24T10:00:00Z',
  endTime: '2026-11-24T11:30:00Z',
  result: null,
  progressRatio: 0.5,
};
const facts = { message: null, nextRunTime: null, problems: [] } as const;
const progress = (given: Partial<TestSummary>, seconds: number) => {
  const { words, ...rest } = progressOf({ ...facts, ...given } as TestSummary, START + seconds * 1_000);
  return { ...rest, words: words.replaceAll('\u00a0', ' ') };
};

test('a run with an end moves by the clock, and stays within it', () => {
  assert.deepEqual(progress({ state: 'Running', run }, 2_700), {
    bar: 'ratio',
    ratio: 0.5,
    words: '45 m of 1 h 30 m',
    bad: false,
  });
  assert.equal(progress({ state: 'Running', run }, 9_999).ratio, 1);
  assert.equal(progress({ state: 'Running', run }, -5).ratio, 0);
});

test('a run without an end has no share', () => {
  const endless = progress({ state: 'Running', run: { ...run, endTime: null, progressRatio: null } }, 60);
  assert.deepEqual(endless, { bar: 'endless', ratio: 0, words: 'until stopped', bad: false });
});

test('a failed test says why', () => {
  assert.deepEqual(progress({ state: 'Failed', run: null, message: 'over budget' }, 0), {
    bar: 'none',
    ratio: 0,
    words: 'over budget',
    bad: true,
  });
});

test('a stopped run keeps the share that it reached', () => {
  const stopped = { ...run, endTime: '2026-11-24T10:30:00Z', result: 'Stopped', progressRatio: 0.333 };
  const { bar, ratio, words } = progress({ state: 'Complete', run: stopped }, 9_999);
  assert.deepEqual([bar, ratio], ['done', 0.333]);
  assert.match(words, /^30 m, stopped /);
});
