import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decideFinding } from './decide-finding.ts';

const LIMIT = { side: 'above', bound: 0.05, slots: 3 } as const;
/** Newest first, one a second. */
const slots = (...values: number[]) => values.map((value, i) => ({ value, dueMs: 10_000 - i * 1_000 }));

test('a limit is broken by as many slots in a row as it says, since the first of them', () => {
  assert.deepEqual(decideFinding(LIMIT, slots(0.06, 0.07, 0.08, 0.01), false), {
    kind: 'begin',
    beganMs: 8_000,
    value: 0.06,
  });
  assert.deepEqual(
    decideFinding(LIMIT, slots(0.06, 0.07, 0.05), false),
    { kind: 'keep' },
    'the bound itself holds',
  );
  assert.deepEqual(decideFinding(LIMIT, slots(0.06, 0.07), false), { kind: 'keep' }, 'too few slots');
  assert.equal(decideFinding({ ...LIMIT, side: 'below', slots: 1 }, slots(0.04), false).kind, 'begin');
});

test('one slot within the limit ends it; nothing measured ends nothing', () => {
  assert.deepEqual(decideFinding(LIMIT, slots(0.04, 0.07), true), { kind: 'end', endedMs: 10_000 });
  assert.deepEqual(decideFinding(LIMIT, slots(0.06, 0.01), true), { kind: 'keep' });
  assert.deepEqual(decideFinding(LIMIT, [], true), { kind: 'keep' });
});
