import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { chooseDatabase } from './database-choice.ts';

const URL = 'postgresql://me:secret@db.example.net/results';

test('a Postgres of yours is verified by the CA of yours, wherever the operator runs', () => {
  assert.deepEqual(chooseDatabase(URL, undefined), { kind: 'external', url: URL, caFile: null });
  assert.deepEqual(chooseDatabase(URL, 'ca.pem'), { kind: 'external', url: URL, caFile: resolve('ca.pem') });
});

test('an empty variable is none', () => {
  assert.deepEqual(chooseDatabase('', ''), { kind: 'embedded', note: null });
  assert.deepEqual(chooseDatabase(URL, ''), { kind: 'external', url: URL, caFile: null });
});

test('a CA for the embedded Postgres is refused: somebody forgot where theirs is', () => {
  assert.throws(() => chooseDatabase(undefined, 'ca.pem'), /DATABASE_CA_FILE.*give --database-url too/);
});
