import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkStreamTest } from '@streamswarm/contract';
import { readManifests } from './read-manifests.ts';

// The verdicts of check() alone; that the API server comes to the same is in admission.test.ts.
for (const { name, manifest, refusal } of readManifests()) {
  test(`check() ${refusal === null ? 'takes' : 'refuses'} ${name}`, () => {
    const checked = checkStreamTest(manifest);
    if (refusal === null) return assert.deepEqual(checked.ok ? [] : checked.problems, []);
    assert.ok(!checked.ok, 'it is taken');
    const there = checked.problems.find((problem) => problem.path === refusal.path);
    assert.ok(there, `points to ${refusal.path}: ${JSON.stringify(checked.problems)}`);
    assert.ok(there.message.includes(refusal.check), `${there.message} says: ${refusal.check}`);
  });
}
