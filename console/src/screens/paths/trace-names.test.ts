import assert from 'node:assert/strict';
import { test } from 'node:test';
import { traceNames } from './trace-names.ts';

const seen = (...hashes: (string | null)[]) => traceNames(hashes.map((hash) => ({ hash })));

test('paths are named in the order in which they were seen, and silence is none', () => {
  const names = seen('0000000a', null, '0000000b', '0000000a');
  assert.deepEqual(
    [...names].map(([hash, { name }]) => [hash, name]),
    [
      ['0000000a', 'A'],
      ['0000000b', 'B'],
    ],
  );
});

test('the hash chooses the colour; of two that want the same one, the later takes the next', () => {
  assert.equal(seen('00000001').get('00000001')?.tone, 5);
  const both = seen('00000001', '00000004');
  assert.deepEqual(
    [...both.values()].map(({ tone }) => tone),
    [5, 7],
  );
  const many = seen('00000000', '00000001', '00000002', '00000003', '00000004', '00000005');
  assert.equal(new Set([...many.values()].map(({ tone }) => tone)).size, 5);
});
