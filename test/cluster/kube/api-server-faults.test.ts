import assert from 'node:assert/strict';
import { test } from 'node:test';
import { needsControlPlane } from '../../support/cluster/lab-needs.ts';
import { proveApiServerFaults, SHORT } from './prove-api-server-faults.ts';

/** The promise of F1. */
const EQUAL_WITHIN_MS = 10_000;

test('caches equal the API server within 10 s of its return', async (t) => {
  if (!needsControlPlane(t)) return;
  const figures = await proveApiServerFaults({
    ...SHORT,
    onProgress: (outage) => t.diagnostic(JSON.stringify(outage)),
  });
  assert.deepEqual(figures.wrong, []);
  assert.deepEqual(figures.leftBehind, {}, 'nothing is left after stop');
  for (const { outage, recoveryMs } of figures.outages) {
    assert.ok(recoveryMs.max <= EQUAL_WITHIN_MS, `${outage}: ${recoveryMs.max} ms`);
  }
});
