import assert from 'node:assert/strict';
import { test } from 'node:test';
import { passwordProblem } from './password-rules.ts';

test('what anybody would try first is refused, words of one’s own are not', () => {
  for (const weak of [
    'aaaaaaaaaaaa',
    'annabelle-annabelle',
    'annabelle123',
    'Password1234',
    'streamswarm2',
    'abababababab',
  ])
    assert.equal(typeof passwordProblem(weak, 'annabelle'), 'string', weak);
  for (const good of [
    'correct horse battery',
    'annabelle rides a green tram',
    'zu viele Köche',
    'Tr0ub4dor&3xyz',
  ])
    assert.equal(passwordProblem(good, 'annabelle'), null, good);
});
