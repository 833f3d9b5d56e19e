import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Sources } from '@streamswarm/contract';
import { chooseSources } from './choose-sources.ts';
import { agent, nodeAgent } from './fixtures/agent.ts';

const fleet = [
  // People put `team` on its StreamAgent; the Node itself has no such label.
  nodeAgent('w1', { labels: { pool: 'a', team: 'x' }, nodeLabels: { pool: 'a' } }),
  nodeAgent('w2', { labels: { pool: 'b' } }),
  nodeAgent('w3', { labels: { pool: 'b' }, suspended: true }),
  nodeAgent('w4', { labels: { pool: 'b' }, gone: true }),
  agent('h1', { labels: { pool: 'a', site: 'factory' } }),
  agent('h2', { name: 'w2', labels: {} }),
];

test('sources are the union of nodes by label, nodes by name and agents by label', () => {
  const table: [what: string, wish: Sources | undefined, ids: string[], reasons: string[]][] = [
    ['absent: everybody', undefined, ['id-of-w1', 'id-of-w2', 'h1', 'h2'], []],
    ['empty: everybody', {}, ['id-of-w1', 'id-of-w2', 'h1', 'h2'], []],
    ['nodeSelector takes nodes alone', { nodeSelector: { matchLabels: { pool: 'a' } } }, ['id-of-w1'], []],
    [
      'and goes by the labels of the Node',
      { nodeSelector: { matchLabels: { team: 'x' } } },
      [],
      ['NoAgents'],
    ],
    ['an empty nodeSelector is every node', { nodeSelector: {} }, ['id-of-w1', 'id-of-w2'], []],
    ['agents goes by all labels', { agents: { matchLabels: { team: 'x' } } }, ['id-of-w1'], []],
    ['hosts too', { agents: { matchLabels: { pool: 'a' } } }, ['id-of-w1', 'h1'], []],
    ['nodes by name, not hosts of that name', { nodes: ['w2'] }, ['id-of-w2'], []],
    ['a union', { nodes: ['w2'], agents: { matchLabels: { site: 'factory' } } }, ['id-of-w2', 'h1'], []],
    ['one name is unknown: the others go on', { nodes: ['w1', 'w9'] }, ['id-of-w1'], ['NodeNotFound']],
    ['a node that is gone', { nodes: ['w4'] }, [], ['NodeNotFound', 'NoAgents']],
    ['suspended', { nodes: ['w3'] }, [], ['NoAgents']],
    ['no nodes named', { nodes: [] }, [], ['NoAgents']],
  ];
  for (const [what, wish, ids, reasons] of table) {
    const chosen = chooseSources(wish, fleet);
    assert.deepEqual(
      [chosen.sources.map(({ id }) => id), chosen.problems.map(({ reason }) => reason)],
      [ids, reasons],
      what,
    );
  }
});

test('what is in the way is said: nobody yet, nobody matches, all suspended', () => {
  const message = (wish: Sources | undefined, agents = fleet) => chooseSources(wish, agents).problems.at(-1);
  assert.match(message(undefined, [])?.message ?? '', /no agent has joined yet/);
  assert.match(message({ agents: { matchLabels: { site: 'moon' } } })?.message ?? '', /no agent matches/);
  assert.match(message({ nodes: ['w3'] })?.message ?? '', /suspended/);
  assert.deepEqual(
    chooseSources({ nodes: ['w9', 'w1'] }, fleet).problems.map(({ stops, destination }) => [
      stops,
      destination,
    ]),
    [[false, null]],
    'a name that nobody has is a notice',
  );
});
