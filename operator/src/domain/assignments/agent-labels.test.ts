import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AGENT_ID_LABEL, agentLabels } from './agent-labels.ts';
import { chooseSources } from './choose-sources.ts';
import { agent } from './fixtures/agent.ts';

test('an agent is chosen by its id, and nobody else can take it', () => {
  const fleet = [agent('h1'), agent('h2', { labels: { [AGENT_ID_LABEL]: 'h1' } })];
  const { sources } = chooseSources(
    { agents: { matchExpressions: [{ key: AGENT_ID_LABEL, operator: 'In', values: ['h1', 'h9'] }] } },
    fleet,
  );
  assert.deepEqual(
    sources.map(({ id }) => id),
    ['h1'],
  );
  assert.deepEqual(agentLabels(agent('h3', { labels: { site: 'north' } })), {
    site: 'north',
    [AGENT_ID_LABEL]: 'h3',
  });
});
