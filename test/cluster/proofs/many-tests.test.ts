import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MANY_TESTS_SHORT, proveManyTests } from '../../prove/scale/many-tests.ts';
import { needsControlPlane } from '../../support/cluster/lab-needs.ts';

// The short form of a proof: what must hold holds here too; how fast it was is only told.

test('tests that choose simulated agents by label reach every one of them, within the budget of writes', async (t) => {
  if (!needsControlPlane(t)) return;
  const figures = await proveManyTests(MANY_TESTS_SHORT);
  t.diagnostic(JSON.stringify(figures));
  assert.equal(figures.assigned, MANY_TESTS_SHORT.tests * MANY_TESTS_SHORT.agentsPerTest);
  assert.ok(figures.steadyWritesPerSecond <= 10, `${figures.steadyWritesPerSecond}`);
  assert.equal(figures.unaccounted, 0);
});
