import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_RETENTION, type RetentionView } from '@streamswarm/contract/wire/retention';
import { effectsOf } from './effects.ts';
import { readDays } from './read-days.ts';

const NOW = Date.parse('2026-12-10T15:00:00Z');
const VIEW: RetentionView = {
  days: DEFAULT_RETENTION,
  booksFrom: null,
  stored: {
    raw: { from: '2026-12-03T00:00:00Z', bytes: 1 },
    '1m': { from: '2026-12-03T00:00:00Z', bytes: 1 },
    '10m': { from: '2026-12-01T00:00:00Z', bytes: 1 },
    '1h': { from: null, bytes: 0 },
  },
};
const TYPED = { raw: '7', '1m': ' 30 ', '10m': '180', '1h': '730' };

test('days are whole numbers within the limits, and a coarser level is kept no shorter', () => {
  assert.deepEqual(readDays(TYPED), { ok: true, days: DEFAULT_RETENTION });
  for (const text of ['', '0', '1.5', '3651', '-3', '1e2', 'ten']) {
    const read = readDays({ ...TYPED, '10m': text });
    assert.match(read.ok ? '' : (read.problems['10m'] ?? ''), /whole number of days, 1 to 3650/, text);
  }
  const read = readDays({ ...TYPED, raw: '31' });
  assert.deepEqual(Object.keys(read.ok ? {} : read.problems), ['1m']);
});

test('what a change deletes is said of what is stored', () => {
  const effects = effectsOf(VIEW, { raw: 2, '1m': 20, '10m': 5, '1h': 800 }, NOW);
  assert.deepEqual(
    effects.map(({ level, deletes }) => [level, deletes]),
    [
      ['raw', true],
      ['1m', false],
      ['10m', false],
      ['1h', false],
    ],
  );
  assert.match(effects[0]?.text ?? '', /all from 2026-12-03 until 2026-12-08 is deleted/);
  assert.match(effects[1]?.text ?? '', /nothing that is stored is from before 2026-11-20/);
  assert.match(effects[3]?.text ?? '', /does not come back/);
  assert.deepEqual(effectsOf(VIEW, DEFAULT_RETENTION, NOW), []);
});
