import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { REASONS } from '@streamswarm/contract/kinds/conditions';
import { adviceFor, asSentence } from './advice.ts';

test('advice is for reasons that there are', () => {
  const advised = [
    'ServiceNotFound',
    'PortNotFound',
    'NoEndpoints',
    'AgentHasNoAddress',
    'NeedsCluster',
  ] as const satisfies readonly (typeof REASONS)[number][];
  for (const reason of advised) assert.match(adviceFor(reason) ?? '', /\.$/);
  assert.equal(adviceFor('NoAgents'), null, 'its message says what to do');
});

test('a message becomes a sentence', () => {
  assert.equal(
    asSentence('there is no Service x in namespace shop'),
    'There is no Service x in namespace shop.',
  );
  assert.equal(asSentence('Waits.'), 'Waits.');
});
