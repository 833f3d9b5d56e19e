import assert from 'node:assert/strict';
import { test } from 'node:test';
import { proveFrozenLeader } from '../../prove/leadership/frozen-leader.ts';
import { needsControlPlane } from '../../support/cluster/lab-needs.ts';

// The short form of a proof: what must hold holds here too; how fast it was is only told.

test('a frozen leader is replaced, writes nothing after its return, and no run starts twice', async (t) => {
  if (!needsControlPlane(t)) return;
  const figures = await proveFrozenLeader({ frozenSeconds: 20 });
  t.diagnostic(JSON.stringify(figures));
  assert.equal(figures.writesAfterThaw, 0);
  assert.deepEqual(figures.runs, ['after 1 Created', 'before 1 Created', 'meanwhile 1 Created']);
  assert.equal(figures.unaccounted, 0);
});
