import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CUT_LINK_SHORT, proveCutLink } from '../prove/hosts/cut-link.ts';
import { networkLabProblem } from '../support/net/network-lab.ts';

test('a host whose way to the operator was cut loses nothing and doubles nothing', {
  skip: networkLabProblem(),
  timeout: 400_000,
}, async (t) => {
  const found = await proveCutLink(CUT_LINK_SHORT);
  t.diagnostic(JSON.stringify(found));
  assert.ok(found.packetsDropped > 0 && found.pendingWhileCut > 0);
  assert.match(found.reasonsWhileCut, /^pending\.silent \d+$/);
  assert.deepEqual([found.ok, found.unaccounted, found.surplus, found.pending], [found.scheduled, 0, 0, 0]);
  // A try of three seconds, a wait of two, and an overloaded machine.
  assert.ok(found.heals.maxSeconds < 8, `${found.heals.maxSeconds} s`);
  assert.deepEqual([found.rows, found.distinctRows], [found.ok, found.ok]);
});
