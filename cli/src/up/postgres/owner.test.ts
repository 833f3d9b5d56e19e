import assert from 'node:assert/strict';
import { test } from 'node:test';
import { passwdEntry } from './owner.ts';

const PASSWD =
  'root:x:0:0:root:/root:/bin/bash\npostgres:x:101:104:PostgreSQL,,,:/var/lib/postgresql:/bin/bash\n';

test('a user of /etc/passwd, but never root', () => {
  assert.deepEqual(passwdEntry(PASSWD, 'postgres'), { uid: 101, gid: 104 });
  assert.equal(passwdEntry(PASSWD, 'root'), null);
  assert.equal(passwdEntry('', 'postgres'), null);
});
