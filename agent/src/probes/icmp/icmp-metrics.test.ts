import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EchoReply, EchoResult } from '../../native/packet-engine.ts';
import { icmpMetrics } from './icmp-metrics.ts';

/** A reply as [seq, rtt in ms], in order of arrival. */
type Given = readonly [seq: number, rttMs: number, more?: Partial<EchoReply>];

function result(sent: number, given: readonly Given[], more: Partial<EchoResult> = {}): EchoResult {
  const replies = given.map(([seq, rttMs, override], arrival) => ({
    seq,
    rttSeconds: rttMs / 1e3,
    stamp: 'kernel' as const,
    userRttSeconds: (rttMs + 0.1) / 1e3,
    localQueueSeconds: 1e-6,
    ttl: 64,
    duplicate: false,
    arrival,
    ...override,
  }));
  return { sent, sendErrors: [], replies, icmpErrors: [], receiveDrops: 0, ...more };
}

const duplicate = { duplicate: true };

const cases: { name: string; given: EchoResult; expected: Record<string, number | string | null> }[] = [
  {
    name: 'alternating round trips',
    given: result(4, [
      [0, 10],
      [1, 20],
      [2, 10],
      [3, 20],
    ]),
    expected: {
      sent: 4,
      received: 4,
      duplicates: 0,
      reordered: 0,
      rtt_min_seconds: 0.01,
      rtt_mean_seconds: 0.015,
      rtt_p50_seconds: 0.01,
      rtt_p95_seconds: 0.02,
      rtt_p99_seconds: 0.02,
      rtt_max_seconds: 0.02,
      stamp: 'kernel',
      local_queue_seconds: 1e-6,
      self_error_seconds: 0.0001,
      // |D| = 10 ms three times: 10/16, then + (10 - J)/16 twice.
      jitter_seconds: 0.00176025390625,
      ipdv_p99_seconds: 0.01,
      pdv_p99_seconds: 0.01,
      loss_run_max: 0,
      loss_bursts: 0,
      ttl: 64,
      icmp_errors: null,
    },
  },
  {
    name: 'losses break pairs and make runs',
    // Lost: 2, 3, 6, 7, 8. Pairs: 0-1 (+1 ms) and 4-5 (-4 ms).
    given: result(10, [
      [0, 5],
      [1, 6],
      [4, 30],
      [5, 26],
      [9, 90],
    ]),
    expected: {
      received: 5,
      loss_run_max: 3,
      loss_bursts: 2,
      // 1/16, then + (4 - 1/16)/16, in ms.
      jitter_seconds: 0.00030859375,
      ipdv_p99_seconds: 0.004,
      pdv_p99_seconds: 0.085,
    },
  },
  {
    name: 'losses at both ends',
    given: result(6, [
      [2, 1],
      [3, 1],
    ]),
    expected: { loss_run_max: 2, loss_bursts: 2, jitter_seconds: 0, ipdv_p99_seconds: 0, pdv_p99_seconds: 0 },
  },
  {
    name: 'reordered arrivals, metrics in sending order',
    // 1 and 4 arrive below the next expected number.
    given: result(6, [
      [0, 1],
      [2, 2],
      [1, 4],
      [3, 2],
      [5, 2],
      [4, 3],
    ]),
    expected: { reordered: 2, received: 6, ipdv_p99_seconds: 0.003 },
  },
  {
    name: 'one late packet overtaken by many is one reordered packet',
    given: result(4, [
      [1, 1],
      [2, 1],
      [3, 1],
      [0, 9],
    ]),
    expected: { reordered: 1 },
  },
  {
    name: 'duplicates count apart',
    given: result(2, [
      [0, 1],
      [0, 50, duplicate],
      [1, 2],
      [0, 60, duplicate],
    ]),
    expected: { received: 2, duplicates: 2, reordered: 0, rtt_max_seconds: 0.002, loss_bursts: 0 },
  },
  {
    name: 'one user stamp makes the slot a user one; its error says nothing',
    given: result(2, [
      [0, 1, { stamp: 'user', userRttSeconds: 0.001, localQueueSeconds: null }],
      [1, 2],
    ]),
    expected: { stamp: 'user', self_error_seconds: 0.0001, local_queue_seconds: 1e-6 },
  },
];

for (const { name, given, expected } of cases) {
  test(name, () => {
    const { metrics } = icmpMetrics(given);
    for (const [metric, value] of Object.entries(expected)) {
      const found = metrics[metric];
      if (typeof value === 'number' && typeof found === 'number') {
        assert.ok(Math.abs(found - value) < 1e-12, `${metric}: ${found} is not ${value}`);
      } else assert.equal(found, value, metric);
    }
  });
}

test('raw round trips stand in sending order, a hundred at most', () => {
  const swapped = result(3, [
    [1, 2],
    [0, 1],
    [2, 3],
  ]);
  assert.deepEqual(icmpMetrics(swapped).metrics['rtts_seconds'], [0.001, 0.002, 0.003]);
  const many = icmpMetrics(
    result(
      150,
      Array.from({ length: 150 }, (_, i) => [i, i] as const),
    ),
  );
  assert.equal((many.metrics['rtts_seconds'] as number[]).length, 100);
});

test('nothing received: every number about replies is null for a timeout', () => {
  const { metrics, nulls } = icmpMetrics(result(5, []));
  assert.deepEqual([metrics['sent'], metrics['received'], metrics['loss_run_max']], [5, 0, 5]);
  for (const name of ['rtts_seconds', 'rtt_mean_seconds', 'jitter_seconds', 'stamp', 'ttl']) {
    assert.deepEqual([metrics[name], nulls[name]], [null, 'timeout'], name);
  }
});

test('every null has a reason, every reason a null', () => {
  const unstamped = { stamp: 'user', localQueueSeconds: null, ttl: null } as const;
  const { metrics, nulls } = icmpMetrics(result(3, [[1, 1, unstamped]]));
  assert.equal(nulls['jitter_seconds'], 'not-applicable');
  assert.equal(nulls['self_error_seconds'], 'unsupported');
  assert.equal(nulls['ttl'], 'unsupported');
  const nullNames = Object.keys(metrics).filter((name) => metrics[name] === null);
  assert.deepEqual(Object.keys(nulls).sort(), nullNames.sort());
});

test('ICMP errors are counted by type and code', () => {
  const at = { from: '198.18.0.1', seq: null, rttSeconds: 1e-3 };
  const icmpErrors = [
    { type: 3, code: 1, ...at },
    { type: 11, code: 0, ...at },
    { type: 3, code: 1, ...at },
  ];
  assert.deepEqual(icmpMetrics(result(3, [], { icmpErrors })).metrics['icmp_errors'], [
    { type: 3, code: 1, count: 2 },
    { type: 11, code: 0, count: 1 },
  ]);
});
