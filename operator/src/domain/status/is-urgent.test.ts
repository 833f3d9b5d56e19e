import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isUrgent } from './is-urgent.ts';

const ready = { type: 'Ready', status: 'True', reason: 'Planned', message: '' } as const;
const stored = {
  observedGeneration: 1,
  state: 'Running',
  conditions: [{ ...ready, lastTransitionTime: '2026-12-01T09:00:00Z' }],
  run: { id: 'r1', number: 1, startTime: '2026-12-01T09:00:00Z', reason: 'Created' },
  agents: { assigned: 3, reporting: 1 },
};
const wanted = {
  ...stored,
  state: 'Running',
  conditions: [ready],
  agents: { assigned: 3, reporting: 3 },
} as const;

test('progress is not urgent', () => {
  assert.equal(isUrgent(stored, wanted), false);
});

test('acceptance, first result, end and a change of a condition are', () => {
  assert.equal(isUrgent(undefined, wanted), true);
  assert.equal(isUrgent(stored, { ...wanted, lastResultTime: '2026-12-01T09:00:05Z' }), true);
  assert.equal(isUrgent(stored, { ...wanted, run: { ...wanted.run, result: 'Complete' } }), true);
  assert.equal(
    isUrgent(stored, { ...wanted, conditions: [{ ...ready, status: 'False', reason: 'NoAgents' }] }),
    true,
  );
  assert.equal(isUrgent(stored, { ...wanted, observedGeneration: 2 }), true);
});
