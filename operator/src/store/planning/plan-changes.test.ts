import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { planPayloads, readPlanPayload } from './plan-changes.ts';

test('ids travel in lists that Postgres takes, each once', () => {
  const ids = Array.from({ length: 1_000 }, () => randomUUID());
  const payloads = planPayloads([...ids, ...ids]);
  assert.equal(payloads.length, 5, '39 bytes an id');
  for (const payload of payloads) assert.ok(Buffer.byteLength(payload) < 8_000);
  assert.deepEqual(payloads.flatMap(readPlanPayload), ids);
  assert.deepEqual(planPayloads([]), []);
  assert.equal(readPlanPayload(''), null);
});
