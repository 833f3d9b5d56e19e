import assert from 'node:assert/strict';
import { test } from 'node:test';
import { proveFrozenLeader } from '../prove/leadership/frozen-leader.ts';
import { EDITED_AT_ONCE_SHORT, proveEditedAtOnce } from '../prove/scale/edited-at-once.ts';
import { MANY_TESTS_SHORT, proveManyTests } from '../prove/scale/many-tests.ts';
import { proveKillsAtWrites } from '../prove/writes/prove-kills-at-writes.ts';
import { needsControlPlane } from '../support/cluster/lab-needs.ts';

// The short forms of `npm run prove`: what must hold holds here too; how fast it was is only told.

test('a frozen leader is replaced, writes nothing after its return, and no run starts twice', async (t) => {
  if (!needsControlPlane(t)) return;
  const figures = await proveFrozenLeader({ frozenSeconds: 20 });
  t.diagnostic(JSON.stringify(figures));
  assert.equal(figures.writesAfterThaw, 0);
  assert.deepEqual(figures.runs, ['after 1 Created', 'before 1 Created', 'meanwhile 1 Created']);
  assert.equal(figures.unaccounted, 0);
});

test('killed after its k-th write the operator leaves what it leaves without a kill', async (t) => {
  if (!needsControlPlane(t)) return;
  const figures = await proveKillsAtWrites({ step: 23 });
  t.diagnostic(JSON.stringify(figures));
  assert.deepEqual(figures.different, []);
  assert.ok(figures.kills >= 2);
});

test('tests that choose simulated agents by label reach every one of them, within the budget of writes', async (t) => {
  if (!needsControlPlane(t)) return;
  const figures = await proveManyTests(MANY_TESTS_SHORT);
  t.diagnostic(JSON.stringify(figures));
  assert.equal(figures.assigned, MANY_TESTS_SHORT.tests * MANY_TESTS_SHORT.agentsPerTest);
  assert.ok(figures.steadyWritesPerSecond <= 10, `${figures.steadyWritesPerSecond}`);
  assert.equal(figures.unaccounted, 0);
});

test('edits of all tests at once are all accepted', async (t) => {
  if (!needsControlPlane(t)) return;
  const figures = await proveEditedAtOnce(EDITED_AT_ONCE_SHORT);
  t.diagnostic(JSON.stringify(figures));
  assert.ok(figures.steadyWritesPerSecond <= 10, `${figures.steadyWritesPerSecond}`);
  assert.equal(figures.unaccounted, 0);
});
