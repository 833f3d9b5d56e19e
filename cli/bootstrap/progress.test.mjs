import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createProgress, seconds } from './progress.mjs';

function recorded(/** @type {boolean} */ isTTY) {
  /** @type {string[]} */
  const written = [];
  let ms = 0;
  const stream = { isTTY, columns: 40, write: (/** @type {string} */ text) => written.push(text) };
  const advance = (/** @type {number} */ by) => {
    ms += by;
  };
  return { written, advance, progress: createProgress(stream, () => ms) };
}

test('without a terminal: plain lines, what and for how long', (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const { written, advance, progress } = recorded(false);
  const step = progress.step('Installing dependencies');
  step.note('120 packages');
  advance(10_000);
  t.mock.timers.tick(10_000);
  advance(12_400);
  step.done('Dependencies installed');
  assert.deepEqual(written, [
    '  Installing dependencies …\n',
    '  Installing dependencies … 120 packages, 10 s\n',
    '✓ Dependencies installed 22 s\n',
  ]);
});

test('on a terminal: one line that is drawn again and fits its width', (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const { written, progress } = recorded(true);
  const step = progress.step('Installing a very long list of dependencies');
  t.mock.timers.tick(240);
  step.failed();
  assert.equal(written.length, 3);
  for (const line of written.slice(0, 2)) {
    assert.ok(line.startsWith('\r\x1b[2K') && !line.endsWith('\n') && line.length <= 40 + 5, line);
  }
  assert.equal(written[2], '\r\x1b[2K✗ Installing a very long list of dependencies failed after 0.0 s\n');
});

test('seconds: one digit while it matters', () => {
  assert.deepEqual([0, 949, 9_940, 9_950, 61_200].map(seconds), ['0.0 s', '0.9 s', '9.9 s', '10 s', '61 s']);
});
