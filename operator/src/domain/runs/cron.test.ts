import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseCron } from './cron.ts';

const ms = (text: string): number => Date.parse(text);

function dueTimes(line: string, from: string, to: string, zone = 'Europe/Berlin'): string[] {
  const cron = parseCron(line, zone);
  assert.ok(cron);
  const times: string[] = [];
  for (let at = cron.after(ms(from)); at !== null && at <= ms(to); at = cron.after(at))
    times.push(new Date(at).toISOString());
  return times;
}

// Europe/Berlin, 2026: from +01:00 to +02:00 on March 29 at 02:00 local (01:00 UTC), and back on October 25 at
// 03:00 local (01:00 UTC). The expected times are worked out from these two facts.
const TABLE: [what: string, line: string, from: string, to: string, due: string[]][] = [
  [
    'a fixed time that falls into the gap: the first moment after it, on the same day',
    '30 2 * * *',
    '2026-03-28T00:00:00Z',
    '2026-03-30T23:00:00Z',
    ['2026-03-28T01:30:00.000Z', '2026-03-29T01:00:00.000Z', '2026-03-30T00:30:00.000Z'],
  ],
  [
    'a fixed time that comes twice: the first time only',
    '30 2 * * *',
    '2026-10-24T12:00:00Z',
    '2026-10-26T12:00:00Z',
    ['2026-10-25T00:30:00.000Z', '2026-10-26T01:30:00.000Z'],
  ],
  [
    'every half hour goes on in real time through the gap',
    '*/30 * * * *',
    '2026-03-29T00:00:00Z',
    '2026-03-29T02:00:00Z',
    [
      '2026-03-29T00:30:00.000Z',
      '2026-03-29T01:00:00.000Z',
      '2026-03-29T01:30:00.000Z',
      '2026-03-29T02:00:00.000Z',
    ],
  ],
  [
    'every hour, and so in each of the two equal ones',
    '0 * * * *',
    '2026-10-24T23:30:00Z',
    '2026-10-25T02:00:00Z',
    ['2026-10-25T00:00:00.000Z', '2026-10-25T01:00:00.000Z', '2026-10-25T02:00:00.000Z'],
  ],
  [
    'a nickname, and a day of 23 hours',
    '@daily',
    '2026-03-28T12:00:00Z',
    '2026-03-30T12:00:00Z',
    ['2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
  ],
];

for (const [what, line, from, to, due] of TABLE) {
  test(`Europe/Berlin: ${what}`, () => assert.deepEqual(dueTimes(line, from, to), due));
}

test('looking back finds what looking ahead found', () => {
  for (const [line, at] of [
    ['30 2 * * *', '2026-03-29T01:00:00.000Z'],
    ['30 2 * * *', '2026-10-25T00:30:00.000Z'],
    ['0 12 29 2 *', '2028-02-29T11:00:00.000Z'],
  ] as const) {
    const cron = parseCron(line, 'Europe/Berlin');
    const due = ms(at);
    assert.equal(cron?.after(due - 1), due);
    assert.equal(cron?.lastUntil(due), due);
    assert.equal(cron?.lastUntil(due + 999), due);
    assert.ok((cron?.lastUntil(due - 1) ?? 0) < due);
  }
});

test('what is no line of five fields or no zone is null; a day that never comes is never due', () => {
  for (const [line, zone] of [
    ['* * * *', 'Etc/UTC'],
    ['0 * * * * *', 'Etc/UTC'],
    ['61 * * * *', 'Etc/UTC'],
    ['0 12 * * *', 'Mars/Olympus'],
  ] as const) {
    assert.equal(parseCron(line, zone), null);
  }
  const never = parseCron('0 0 31 2 *');
  assert.deepEqual([never?.after(0), never?.lastUntil(ms('2026-01-01'))], [null, null]);
});
