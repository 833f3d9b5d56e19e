import assert from 'node:assert/strict';
import { test } from 'node:test';
import { yamlTokens } from './highlight.ts';

test('keys, values and comments are told apart, and nothing is lost', () => {
  assert.deepEqual(yamlTokens('  - name: edge # the first'), [
    { kind: 'plain', text: '  - ' },
    { kind: 'key', text: 'name:' },
    { kind: 'plain', text: ' edge' },
    { kind: 'comment', text: ' # the first' },
  ]);
  assert.deepEqual(yamlTokens('url: https://shop.example.net/#top'), [
    { kind: 'key', text: 'url:' },
    { kind: 'plain', text: ' https://shop.example.net/#top' },
  ]);
  for (const line of ['', '  ', '- icmp: {count: 10}', 'a:b', '# all']) {
    assert.equal(
      yamlTokens(line)
        .map(({ text }) => text)
        .join(''),
      line,
    );
  }
});
