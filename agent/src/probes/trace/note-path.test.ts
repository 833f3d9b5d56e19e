import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UNKNOWN_PATH } from '@streamswarm/contract/probes/same-hops';
import type { ProbeOutcome } from '../probe-outcome.ts';
import { notePath } from './note-path.ts';

/** Outcomes by the addresses of their hops; a dot is a silent one. The last is the destination. */
function traced(text: string): ProbeOutcome {
  const path = text.split(' ').map((word, i) => ({
    ttl: i + 1,
    address: word === '.' ? null : `198.18.0.${word}`,
    sent: 3,
    rtts_seconds: [],
  }));
  return { outcome: 'ok', metrics: { hops: path.length, path }, nulls: {} };
}
const silent: ProbeOutcome = {
  outcome: 'lost',
  metrics: { hops: null, path: null },
  nulls: { path: 'timeout' },
};
const unsent: ProbeOutcome = { outcome: 'error', metrics: {}, nulls: { path: 'no-permission' } };

/** What each says of its change: the count, or why there is none. */
function changes(outcomes: readonly ProbeOutcome[]): unknown[] {
  let known = UNKNOWN_PATH;
  return outcomes.map((one) => {
    const noted = notePath(one, known);
    known = noted.known;
    const { metrics, nulls } = noted.outcome;
    return metrics['path_changed'] ?? nulls?.['path_changed'];
  });
}

test('the first path is no change, another router is one, and back again another', () => {
  assert.deepEqual(changes([traced('1 2 9'), traced('1 2 9'), traced('1 3 9'), traced('1 2 9')]), [
    'first-sample',
    0,
    1,
    1,
  ]);
});

test('a hop that is silent for a while is still known', () => {
  assert.deepEqual(
    changes([traced('1 2 9'), traced('1 . 9'), traced('1 2 9'), traced('1 . 9'), traced('1 3 9')]),
    ['first-sample', 0, 0, 0, 1],
  );
});

test('what has no path says why, and nothing is forgotten over it', () => {
  assert.deepEqual(changes([silent, traced('1 2 9'), silent, unsent, traced('1 2 9')]), [
    'timeout',
    'first-sample',
    'timeout',
    'no-permission',
    0,
  ]);
});
