import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Results } from '@streamswarm/contract/wire/views';
import { viewCsv } from './view-csv.ts';

test('a step is a line, and what was not measured is empty', () => {
  const column = (value: number | null) => [value, null];
  const counts = (n: number) => [n, 0];
  const results = {
    probe: 'ping',
    metric: 'rtts_seconds',
    from: '2026-11-24T10:00:00.000Z',
    stepSeconds: 10,
    steps: 2,
    series: [
      {
        n: counts(20),
        min: column(0.001),
        mean: column(0.0015),
        p50: column(0.0014),
        p95: column(0.002),
        p99: column(0.0021),
        max: column(0.003),
        sent: counts(20),
        lost: counts(0),
        ok: counts(2),
        lostSlots: counts(0),
        error: counts(0),
        denied: counts(0),
        dropped: [0, 2],
      },
    ],
  } as unknown as Results;
  assert.deepEqual(viewCsv(results).split('\r\n'), [
    'time,step_seconds,probe,metric,n,min,mean,p50,p95,p99,max,sent,lost,slots_ok,slots_lost,slots_error,slots_denied,slots_dropped',
    '2026-11-24T10:00:00.000Z,10,ping,rtts_seconds,20,0.001,0.0015,0.0014,0.002,0.0021,0.003,20,0,2,0,0,0,0',
    '2026-11-24T10:00:10.000Z,10,ping,rtts_seconds,0,,,,,,,0,0,0,0,0,0,2',
    '',
  ]);
});
