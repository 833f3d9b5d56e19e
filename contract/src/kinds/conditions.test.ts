import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  AGENT_REASON_MEANINGS,
  CONDITION_MEANINGS,
  EVENT_MEANINGS,
  REASON_MEANINGS,
  RUN_REASON_MEANINGS,
  RUN_RESULT_MEANINGS,
} from './conditions.ts';
import { schemaProblems } from './schema-problems.ts';
import { StreamTestStatus } from './stream-test-status.ts';

test('every word is one that Kubernetes takes for a reason, and says what it means', () => {
  for (const words of [
    CONDITION_MEANINGS,
    REASON_MEANINGS,
    RUN_REASON_MEANINGS,
    RUN_RESULT_MEANINGS,
    EVENT_MEANINGS,
    AGENT_REASON_MEANINGS,
  ]) {
    for (const [word, meaning] of Object.entries(words)) {
      assert.match(word, /^[A-Z][A-Za-z]{1,63}$/);
      assert.match(meaning, /^[A-Za-z].{10,}[.]$/, word);
    }
  }
});

test('the status that a new test begins with fits the schema', () => {
  const begin: unknown = (StreamTestStatus as unknown as Record<string, unknown>)['x-default'];
  assert.deepEqual(schemaProblems(StreamTestStatus, begin), []);
  assert.equal((begin as StreamTestStatus).conditions?.[0]?.reason, 'Pending');
});
