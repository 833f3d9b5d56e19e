import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startMarks } from './start-marks.ts';

const START = '2026-11-24T10:24:30.000Z';
const at = (seconds: number): string => new Date(Date.parse(START) + seconds * 1_000).toISOString();

test('events stand at their seconds, now after them, and the axis goes on a little', () => {
  const startup = [
    { at: at(0), what: 'start', detail: '' },
    { at: at(4), what: 'postgres', detail: 'ready' },
  ];
  const marks = startMarks(startup, START, Date.parse(at(8)));
  assert.deepEqual(
    marks.events.map(({ place, above }) => [place, above]),
    [
      [0, true],
      [0.4, false],
    ],
  );
  assert.equal(marks.nowPlace, 0.8);
  assert.deepEqual(marks.ticks.at(-1), { seconds: 10, place: 1 });
});

test('an event from before the operator moves the origin', () => {
  const marks = startMarks([{ at: at(-5), what: 'npm start', detail: '' }], START, Date.parse(at(3)));
  assert.equal(marks.originMs, Date.parse(at(-5)));
  assert.equal(marks.nowPlace, 0.8);
});

test('events that lie close together share one name', () => {
  const startup = [0, 0.1, 0.2, 6].map((seconds) => ({
    at: at(seconds),
    what: `w${seconds}`,
    detail: `d${seconds}`,
  }));
  const { names, events } = startMarks(startup, START, Date.parse(at(8)));
  assert.equal(events.length, 4);
  assert.deepEqual(
    names.map(({ what, detail, above }) => [what, detail, above]),
    [
      ['w0, w0.1, w0.2', 'd0 · d0.1 · d0.2', true],
      ['w6', 'd6', false],
    ],
  );
});
