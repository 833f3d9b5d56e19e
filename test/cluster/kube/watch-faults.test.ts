import assert from 'node:assert/strict';
import { test } from 'node:test';
import { needsControlPlane } from '../../support/cluster/lab-needs.ts';
import { proveWatchFaults } from './prove-watch-faults.ts';

/** STREAMSWARM_SEED repeats a run; STREAMSWARM_ROUNDS makes it longer (10,000 in `npm run prove`). */
const SEED = Number(process.env['STREAMSWARM_SEED'] ?? Date.now() % 1_000_000);
const ROUNDS = Number(process.env['STREAMSWARM_ROUNDS'] ?? 150);
/** Of which the heap may have grown between a tenth of the rounds and the last: noise, not 10,000 small leaks. */
const HEAP_GROWTH_BYTES = 8 * 1024 * 1024;

test(`a cache equals the API server after each of ${ROUNDS} random watch faults (seed ${SEED})`, async (t) => {
  if (!needsControlPlane(t)) return;
  const figures = await proveWatchFaults({
    rounds: ROUNDS,
    seed: SEED,
    onProgress: (rounds) => t.diagnostic(`${rounds} rounds`),
  });
  t.diagnostic(JSON.stringify(figures));
  assert.deepEqual(figures.wrong, []);
  assert.equal(figures.rounds, ROUNDS);
  assert.ok(figures.watches >= ROUNDS, 'the faults have hit');
  assert.deepEqual(figures.leftBehind, {}, 'nothing is left after stop');
  const grownBytes = figures.heapBytes.late - figures.heapBytes.early;
  assert.ok(grownBytes < HEAP_GROWTH_BYTES, `the heap grew by ${grownBytes} bytes`);
});
