import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lineOf, pathOf, withValue } from './manifest-text.ts';

const TEXT = `# ours
kind: StreamTest
metadata:
  name: edge # stays
spec:
  destinations:
    - name: a
      host: 127.0.0.1
    - name: b
      url: https//wrong
  probes:
    - icmp: { count: 10 }
`;

test('paths of people become paths of the document', () => {
  assert.deepEqual(pathOf('spec.destinations[1].url'), ['spec', 'destinations', 1, 'url']);
  assert.deepEqual(pathOf(''), []);
});

test('an edit keeps comments and everything else', () => {
  assert.equal(
    withValue(TEXT, ['metadata', 'name'], 'edge-2'),
    TEXT.replace('edge # stays', 'edge-2 # stays'),
  );
  assert.equal(withValue(TEXT, ['spec', 'interval'], '5s'), `${TEXT}  interval: 5s\n`);
  assert.equal(withValue(withValue(TEXT, ['spec', 'interval'], '5s'), ['spec', 'interval'], undefined), TEXT);
  assert.equal(withValue(TEXT, ['spec', 'probes', 1], { tcp: {} }), `${TEXT}    - tcp: {}\n`);
});

test('a text that cannot be read stays as it is', () => {
  for (const text of ['a: [', '- a', '']) assert.equal(withValue(text, ['a'], 1), text);
});

test('a problem stands at its line, or at the nearest that is there', () => {
  assert.equal(lineOf(TEXT, 'spec.destinations[1].url'), 9);
  assert.equal(lineOf(TEXT, 'spec.destinations[1].port'), 8);
  assert.equal(lineOf(TEXT, 'spec.interval'), 4);
  assert.equal(lineOf(TEXT, 'spec.probes[0].icmp.count'), 11);
  assert.equal(lineOf('a: 1\nb: [', ''), 1);
});

test('an option is added to a probe that was written without any', () => {
  for (const text of ['spec:\n  probes:\n    - tcp:\n', 'spec:\n  probes:\n    - tcp: null\n']) {
    assert.equal(
      withValue(text, ['spec', 'probes', 0, 'tcp', 'port'], 443),
      'spec:\n  probes:\n    - tcp:\n        port: 443\n',
    );
  }
});

test('quotes that a word needed while it was typed do not stay, those of a person do', () => {
  const path = ['spec', 'description'];
  const typed = ['without', 'without ', 'without a'].reduce(
    (text, value) => withValue(text, path, value),
    'spec:\n  interval: 1s\n',
  );
  assert.equal(typed, 'spec:\n  interval: 1s\n  description: without a\n');
  assert.equal(withValue('spec:\n  description: "old"\n', path, 'new'), 'spec:\n  description: "new"\n');
});
