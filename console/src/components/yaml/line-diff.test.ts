import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changedParts, type DiffLine, lineDiff } from './line-diff.ts';

const SIGN = { same: ' ', removed: '-', added: '+' } as const;
const written = (lines: readonly DiffLine[]): string[] =>
  lines.map(({ kind, text }) => `${SIGN[kind]}${text}`);

test('a changed line is removed and added, an equal one stays', () => {
  assert.deepEqual(written(lineDiff('a\nb\nc\n', 'a\nB\nc\n')), [' a', '-b', '+B', ' c']);
  assert.deepEqual(written(lineDiff('a\n', 'a\nb\n')), [' a', '+b']);
  assert.deepEqual(written(lineDiff('a\nb\n', 'b\n')), ['-a', ' b']);
  assert.deepEqual(written(lineDiff('a\nb', 'a\nb\n')), [' a', ' b']);
});

test('from any text to any other: what stays and what is removed is the old one, the rest the new one', () => {
  const texts = ['', 'a', 'a\nb\na', 'b\na\nb\nc', 'x\na\n\nb', 'c\nc\nc'];
  for (const before of texts) {
    for (const after of texts) {
      const lines = lineDiff(before, after);
      const of = (left: DiffLine['kind']): string =>
        lines.flatMap(({ kind, text }) => (kind === left ? [] : [text])).join('\n');
      assert.equal(of('added'), before);
      assert.equal(of('removed'), after);
    }
  }
});

test('equal lines far from a change are only counted', () => {
  const old = Array.from({ length: 20 }, (_, i) => `line ${i}`);
  const parts = changedParts(lineDiff(old.join('\n'), old.with(10, 'new').join('\n')));
  assert.deepEqual(
    parts.map((part) => (typeof part === 'number' ? part : part.length)),
    [7, 8, 6],
  );
  assert.deepEqual(changedParts(lineDiff('a', 'a')), [1]);
});
