import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seriesLabel } from './series-label.ts';

test('a pair says from whom to whom, and nothing twice', () => {
  const pair = { agent: 'worker-1', destination: 'nodes/worker-2' };
  const all = { apart: 'pair', from: null } as const;
  assert.equal(seriesLabel(pair, all, null), 'worker-1 → nodes/worker-2');
  assert.equal(seriesLabel(pair, all, 'nodes'), 'worker-1 → worker-2');
  assert.equal(seriesLabel(pair, { ...all, from: 'worker-1' }, 'nodes'), '→ worker-2');
  assert.equal(seriesLabel({ agent: 'worker-1', destination: 'edge' }, all, null), 'worker-1 → edge');
  assert.equal(
    seriesLabel({ agent: 'worker-1', destination: null }, { ...all, apart: 'agent' }, null),
    'worker-1',
  );
  assert.equal(
    seriesLabel({ agent: null, destination: 'edge' }, { ...all, apart: 'destination' }, null),
    'edge',
  );
});
