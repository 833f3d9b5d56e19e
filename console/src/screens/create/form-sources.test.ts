import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sourcesOf, sourceText, sourceValue } from './form-sources.ts';

test('each of the three ways is one line; more than one of them stays in the YAML', () => {
  assert.deepEqual(sourcesOf(undefined), { kind: 'everywhere', text: '' });
  assert.deepEqual(sourcesOf({}), { kind: 'everywhere', text: '' });
  assert.deepEqual(sourcesOf({ nodes: ['w1', 'w2'] }), { kind: 'nodes', text: 'w1,w2' });
  assert.deepEqual(sourcesOf({ agents: { matchLabels: { site: 'x' } } }), { kind: 'agents', text: 'site=x' });
  assert.deepEqual(sourcesOf({ nodeSelector: {} }), { kind: 'nodeSelector', text: '' });
  for (const foreign of [
    { nodes: ['w1'], agents: {} },
    { nodeSelector: { matchExpressions: [{ key: 'gpu', operator: 'Exists' }] } },
    { other: 1 },
    'all',
  ])
    assert.equal(sourcesOf(foreign).kind, null, JSON.stringify(foreign));
});

test('a line is read as it is written', () => {
  assert.deepEqual(sourceValue('nodes', 'w1, w2,'), ['w1', 'w2']);
  assert.equal(sourceText('nodes', ['w1', 'w2']), 'w1,w2');
  assert.deepEqual(sourceValue('nodeSelector', 'zone=b'), { matchLabels: { zone: 'b' } });
});
