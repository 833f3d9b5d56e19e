import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemsAt, problemsElsewhere } from './problems-at.ts';

const PROBLEMS = ['spec.destinations[1].url', 'spec.destinations[10]', 'spec.interval', 'spec.sources'].map(
  (path) => ({
    path,
    message: 'm',
    rule: 'r',
  }),
);

test('a problem belongs to the field that holds it, and to no neighbour with a longer number', () => {
  assert.deepEqual(
    problemsAt(PROBLEMS, 'spec.destinations[1]').map(({ path }) => path),
    ['spec.destinations[1].url'],
  );
});

test('what no field shows is still shown', () => {
  assert.deepEqual(
    problemsElsewhere(PROBLEMS, ['spec.destinations', 'spec.interval']).map(({ path }) => path),
    ['spec.sources'],
  );
});
