import assert from 'node:assert/strict';
import { test } from 'node:test';
import { guideTime, parseGuideTime } from './guide-time.ts';

for (const [text, iso] of [
  ['2025-01-01T12:00:00', '2025-01-01T12:00:00.000Z'],
  ['2025-01-01T12:00:00.123456', '2025-01-01T12:00:00.123Z'],
  ['2025-01-01 12:00', '2025-01-01T12:00:00.000Z'],
  ['2025-01-01', '2025-01-01T00:00:00.000Z'],
  ['2025-01-01T12:00:00Z', '2025-01-01T12:00:00.000Z'],
  ['2025-01-01T12:00:00+02:00', '2025-01-01T10:00:00.000Z'],
] as const) {
  test(`${text} is ${iso}`, () => {
    assert.equal(parseGuideTime(text), Date.parse(iso));
  });
}

for (const text of [
  '',
  'tomorrow',
  '2025-02-30T12:00:00',
  '2025-13-01',
  '2025-01-01T25:00:00',
  '1735732800',
]) {
  test(`${JSON.stringify(text)} is no date`, () => {
    assert.equal(parseGuideTime(text), null);
  });
}

test('a date is written as the guide writes it', () => {
  assert.equal(guideTime(Date.parse('2025-01-01T12:00:00Z')), '2025-01-01T12:00:00.000');
});
