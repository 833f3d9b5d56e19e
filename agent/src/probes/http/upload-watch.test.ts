import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { SendProgress } from '../../native/tcp-info.ts';
import { UploadWatch } from './upload-watch.ts';

const BODY_BYTES = 1_000_000;

/** A watch that looks when it is told to: at each moment so much was acknowledged. */
function watched(t: TestContext, looks: readonly (readonly [atMs: number, progress: SendProgress])[]) {
  t.mock.timers.enable({ apis: ['setInterval'] });
  let now: SendProgress = { ackedBytes: 500, isAllAcked: true };
  const watch = new UploadWatch(BODY_BYTES, () => now);
  return {
    watch,
    lookAll() {
      for (const [atMs, progress] of looks) {
        now = progress;
        watch.look(atMs);
      }
    },
  };
}
const acked = (ackedBytes: number, isAllAcked = false): SendProgress => ({ ackedBytes, isAllAcked });

test('from the first to the last acknowledged byte, in bits of the body', (t) => {
  // Of 1,100,000 bytes on the wire 100,000 are framing.
  const { watch, lookAll } = watched(t, [
    [1_000, acked(500)],
    [1_010, acked(110_500)],
    [2_000, acked(600_000)],
    [3_010, acked(1_100_500, true)],
    [9_000, acked(1_100_500, true)],
  ]);
  watch.handed();
  lookAll();
  assert.equal(watch.endMs, 3_010);
  assert.equal(Math.round(Number(watch.rate(0.01))), (990_000 * 8 * BODY_BYTES) / 1_100_000 / 2);
  assert.equal(watch.rate(0.3), 'too-short', 'less than ten round trips');
});

test('acknowledged is not over while not all of it was handed to the kernel', (t) => {
  const { watch, lookAll } = watched(t, [
    [1_000, acked(1_000)],
    [3_000, acked(2_000, true)],
  ]);
  lookAll();
  assert.deepEqual([watch.endMs, watch.rate(0)], [null, 'failed']);
});

test('where the kernel does not say there is no rate', (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const watch = new UploadWatch(BODY_BYTES, () => null);
  watch.handed();
  assert.deepEqual([watch.endMs, watch.rate(0)], [null, 'unsupported']);
});
