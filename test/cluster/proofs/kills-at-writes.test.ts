import assert from 'node:assert/strict';
import { test } from 'node:test';
import { proveKillsAtWrites } from '../../prove/writes/prove-kills-at-writes.ts';
import { needsControlPlane } from '../../support/cluster/lab-needs.ts';

// The short form of a proof: what must hold holds here too; how fast it was is only told.

test('killed after its k-th write the operator leaves what it leaves without a kill', async (t) => {
  if (!needsControlPlane(t)) return;
  const figures = await proveKillsAtWrites({ step: 23 });
  t.diagnostic(JSON.stringify(figures));
  assert.deepEqual(figures.different, []);
  assert.ok(figures.kills >= 2);
});
