import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isTime, isTimeZone } from './times.ts';

test('a time has a zone, and a day that exists', () => {
  for (const good of ['2026-12-01T09:00:00Z', '2026-12-01T09:00:00.5+05:30', '2028-02-29T00:00:00Z'])
    assert.equal(isTime(good), true, good);
  for (const bad of [
    '2026-12-01T09:00:00',
    '2026-12-01',
    '2026-02-29T00:00:00Z',
    '2100-02-29T00:00:00Z',
    '2026-06-31T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-12-01T24:00:00Z',
    '2026-12-01T09:00:00+0100',
  ])
    assert.equal(isTime(bad), false, bad);
});

test('zones are those of the IANA database, written as there', () => {
  for (const good of [
    'UTC',
    'Etc/UTC',
    'Europe/Berlin',
    'America/Argentina/Buenos_Aires',
    'Asia/Calcutta',
    'Etc/GMT+5',
  ])
    assert.equal(isTimeZone(good), true, good);
  for (const bad of [
    'CET',
    'utc',
    'europe/berlin',
    'Europe/BERLIN',
    'Mars/Phobos',
    'Local',
    '+01:00',
    '../etc/passwd',
    '',
  ])
    assert.equal(isTimeZone(bad), false, bad);
});
