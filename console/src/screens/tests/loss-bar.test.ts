import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lossBar } from './loss-bar.ts';

test('each decade of loss is a fifth of the bar, and any loss is seen', () => {
  assert.equal(lossBar(0), 0);
  assert.equal(lossBar(1), 1);
  assert.ok(Math.abs(lossBar(0.01) - 0.6) < 1e-12);
  assert.equal(lossBar(1e-9), 0.04);
});
