import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limitsOf } from './limits.ts';

const SPEC = {
  thresholds: [
    { metric: 'icmp.rtt_p95_seconds', above: '50ms', for: 3 },
    { metric: 'icmp.rtt_p99_seconds', above: '50ms' },
    { metric: 'icmp.jitter_seconds', above: '5ms' },
    { metric: 'http.total_seconds', above: '2s' },
    { metric: 'host.memory_available_bytes', below: '200M' },
  ],
};

test('limits are those of the metric drawn, each once, in its unit', () => {
  assert.deepEqual(limitsOf(SPEC, 'icmp', 'rtts_seconds'), [0.05]);
  assert.deepEqual(limitsOf(SPEC, 'icmp', 'jitter_seconds'), [0.005]);
  assert.deepEqual(limitsOf(SPEC, 'http', 'total_seconds'), [2]);
  assert.deepEqual(limitsOf(SPEC, 'host', 'memory_available_bytes'), [200_000_000]);
  assert.deepEqual(limitsOf(SPEC, 'tcp', 'connect_seconds'), []);
  assert.deepEqual(limitsOf({}, 'icmp', 'rtts_seconds'), []);
});
