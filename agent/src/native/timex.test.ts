import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kernelClock } from './kernel-clock.ts';
import { readClockState } from './timex.ts';

function timex(maxError: number, status: number): DataView {
  const view = new DataView(new ArrayBuffer(256));
  view.setBigInt64(24, BigInt(maxError), true);
  view.setInt32(40, status, true);
  return view;
}

test('a clock that is synchronised has a bound; one that is not has none', () => {
  const unbounded = { synchronised: false, errorBoundSeconds: null };
  assert.deepEqual(readClockState(timex(12_500, 0x2001), 0, 0), {
    synchronised: true,
    errorBoundSeconds: 0.0125,
  });
  assert.deepEqual(readClockState(timex(12_500, 0x2041), 0, 0), unbounded, 'STA_UNSYNC');
  assert.deepEqual(readClockState(timex(12_500, 0x2001), 0, 5), unbounded, 'TIME_ERROR');
  assert.deepEqual(readClockState(timex(16_000_000, 0x2001), 0, 0), unbounded, 'as far off as can be said');
  assert.equal(readClockState(timex(12_500, 0), 0, -1), null);
});

test('this host says something of its clock, where it is Linux', async () => {
  const state = (await kernelClock())();
  assert.equal(state === null, process.platform !== 'linux');
  assert.equal(state?.synchronised ?? false, (state?.errorBoundSeconds ?? null) !== null);
});
