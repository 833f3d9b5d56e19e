import assert from 'node:assert/strict';
import { test } from 'node:test';
import { takesConnections } from './answers.ts';

test('a request to log in means ready, "starting up" does not', () => {
  const sasl = Buffer.from('R\0\0\0\x17\0\0\0\x0aSCRAM-SHA-256\0\0', 'latin1');
  const starting = Buffer.from(
    'E\0\0\0\x4aSFATAL\0VFATAL\0C57P03\0Mthe database system is starting up\0\0',
    'latin1',
  );
  assert.equal(takesConnections(sasl), true);
  assert.equal(takesConnections(starting), false);
  assert.equal(takesConnections(Buffer.alloc(0)), false);
});
