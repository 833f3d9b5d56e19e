import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OperatorClock } from './operator-clock.ts';

function host(wall = 1_000_000) {
  let mono = 500;
  let ahead = 0;
  return {
    monotonicMs: () => mono,
    wallMs: () => wall + mono - 500 + ahead,
    pass: (ms: number) => {
      mono += ms;
    },
    jumpWall: (ms: number) => {
      ahead += ms;
    },
  };
}

test('the time of an answer belongs to the middle of its request', () => {
  const clocks = host();
  const clock = new OperatorClock(clocks, null);
  assert.equal(clock.state, 'unset');
  clocks.pass(40);
  clock.heardAnswer(9_000_000, 500, 540);
  assert.equal(clock.state, 'synced');
  assert.equal(clock.nowMs(), 9_000_020);
  assert.equal(clock.errorMs(), 20);
});

test('a jump of the wall clock moves nothing', () => {
  const clocks = host();
  const clock = new OperatorClock(clocks, null);
  clock.heardAnswer(9_000_000, 500, 500);
  clocks.jumpWall(3_600_000);
  clocks.pass(10);
  assert.equal(clock.nowMs(), 9_000_010);
});

test('small corrections are slewed and never turn time back, large ones are steps', () => {
  const clocks = host();
  const clock = new OperatorClock(clocks, null);
  clock.heardAnswer(9_000_000, 500, 500);
  clock.heardAnswer(8_999_900, 500, 500);
  let last = clock.nowMs();
  for (let i = 0; i < 100; i++) {
    clocks.pass(10);
    const now = clock.nowMs();
    assert.ok(now >= last);
    last = now;
  }
  assert.ok(Math.abs(last - (9_000_000 + 1_000 - 10)) < 1e-6, '10 ms of 100 ms after one second');
  clocks.pass(20_000);
  assert.equal(clock.nowMs(), 8_999_900 + 21_000);
  clock.heardAnswer(5_000_000, 21_500, 21_500);
  assert.equal(clock.nowMs(), 5_000_000);
});

test('a worse answer within the error does not disturb a better one', () => {
  const clocks = host();
  const clock = new OperatorClock(clocks, null);
  clock.heardAnswer(9_000_000, 499, 501);
  clock.heardAnswer(9_000_080, 400, 600);
  assert.equal(clock.nowMs(), 9_000_000);
});

test('a message can only show that the clock is behind', () => {
  const clocks = host();
  const clock = new OperatorClock(clocks, null);
  clock.heardAnswer(9_000_000, 500, 500);
  clock.heardMessage(8_000_000, 500);
  assert.equal(clock.nowMs(), 9_000_000);
  clock.heardMessage(9_900_000, 500);
  assert.equal(clock.nowMs(), 9_900_000);
});

test('a start without an operator goes on by the stored offset', () => {
  const clocks = host();
  const clock = new OperatorClock(clocks, 2_500);
  assert.equal(clock.state, 'stored');
  clocks.pass(100);
  assert.equal(clock.nowMs(), 1_002_600);
  assert.equal(clock.offsetFromWallMs(), 2_500);
});
