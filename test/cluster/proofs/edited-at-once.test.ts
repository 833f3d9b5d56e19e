import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EDITED_AT_ONCE_SHORT, proveEditedAtOnce } from '../../prove/scale/edited-at-once.ts';
import { needsControlPlane } from '../../support/cluster/lab-needs.ts';

// The short form of a proof: what must hold holds here too; how fast it was is only told.

test('edits of all tests at once are all accepted', async (t) => {
  if (!needsControlPlane(t)) return;
  const figures = await proveEditedAtOnce(EDITED_AT_ONCE_SHORT);
  t.diagnostic(JSON.stringify(figures));
  assert.ok(figures.steadyWritesPerSecond <= 10, `${figures.steadyWritesPerSecond}`);
  assert.equal(figures.unaccounted, 0);
});
