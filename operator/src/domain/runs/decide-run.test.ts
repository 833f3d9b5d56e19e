import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StreamTestSpec } from '@streamswarm/contract';
import { decideRun, type RunDecision } from './decide-run.ts';
import { endless, NOTHING, pastRun, runInput, spec } from './fixtures/run-input.ts';
import { type RunInput, runTiming } from './run-input.ts';

const decide = (over: Partial<RunInput>): RunDecision => decideRun(runInput(over));

test('a new test starts at once and ends after its duration', () => {
  assert.deepEqual(decide({}), {
    ...NOTHING,
    start: { reason: 'Created', startMs: 10_000, plannedEndMs: 70_000, dueMs: null },
    againMs: 70_000,
  });
  assert.equal(decide({ spec: endless }).start?.plannedEndMs, null);
});

test('a running test is left alone until its end', () => {
  assert.deepEqual(decide({ runs: [pastRun()] }), { ...NOTHING, againMs: 61_000 });
  assert.deepEqual(decide({ runs: [pastRun()], nowMs: 99_000 }), {
    ...NOTHING,
    end: { id: 'r1', endMs: 61_000, result: 'Complete' },
  });
});

test('stop, suspend and delete end the run now; nothing starts', () => {
  for (const [over, result] of [
    [{ stopNow: 'x' }, 'Stopped'],
    [{ spec: { ...spec, suspend: true } }, 'Suspended'],
    [{ deleted: true }, 'Deleted'],
  ] as const) {
    assert.deepEqual(decide({ runs: [pastRun()], ...over }), {
      ...NOTHING,
      end: { id: 'r1', endMs: 10_000, result },
    });
  }
});

test('a stopped test stays stopped; run now, lifting suspend and new timing start it again', () => {
  const stopped = pastRun({ endMs: 5_000, result: 'Stopped' });
  assert.equal(decide({ runs: [stopped] }).start, null);
  assert.equal(decide({ runs: [stopped], runNow: 'y' }).start?.reason, 'RunNow');
  assert.equal(decide({ runs: [stopped], wasSuspended: true }).start?.reason, 'Resumed');
  assert.equal(decide({ runs: [stopped], spec: { ...spec, interval: '2s' } }).start?.reason, 'SpecChanged');
  const deleted = pastRun({ endMs: 5_000, result: 'Deleted' });
  assert.equal(decide({ runs: [deleted] }).start?.reason, 'Resumed', 'it was taken for deleted, and lives');
});

test('run now replaces the run that is going', () => {
  const { end, start } = decide({ runs: [pastRun()], runNow: 'y' });
  assert.deepEqual([end?.result, start?.reason, start?.startMs], ['Replaced', 'RunNow', 10_000]);
  const both = decide({ runs: [pastRun()], runNow: 'y', stopNow: 'z' });
  assert.deepEqual([both.end?.result, both.start], ['Stopped', null], 'stop is stronger');
  assert.equal(decide({ runNow: 'y', stopNow: 'z' }).start, null);
  assert.equal(decide({ stopNow: 'z' }).start?.reason, 'Created', 'nothing is going that could be stopped');
});

test('new timing ends a run and starts the next in the same decision', () => {
  const { end, start } = decide({ runs: [pastRun()], spec: { ...spec, duration: '5m' } });
  assert.equal(end?.result, 'SpecChanged');
  assert.deepEqual(start, { reason: 'SpecChanged', startMs: 10_000, plannedEndMs: 310_000, dueMs: null });
});

test('description, thresholds, ttl, sources and destinations start nothing', () => {
  const edits: Partial<StreamTestSpec>[] = [
    { description: 'x' },
    { thresholds: [{ metric: 'icmp.rtt_p95_seconds', above: '50ms' }] },
    { ttlAfterFinished: '1h' },
    { sources: { agents: { matchLabels: { site: 'x' } } } },
    { destinations: [{ name: 'b', host: 'b.example' }] },
    { probes: [{ icmp: { count: 3 } }] },
  ];
  for (const edit of edits)
    assert.deepEqual(decide({ runs: [pastRun()], spec: { ...spec, ...edit } }), {
      ...NOTHING,
      againMs: 61_000,
    });
});

test('ttlAfterFinished counts from the end of the last run', () => {
  const short: StreamTestSpec = { ...spec, ttlAfterFinished: '30s' };
  const ended = (result: 'Complete' | 'Stopped' | 'Suspended' | 'SpecChanged') => [
    pastRun({ endMs: 50_000, result }),
  ];
  const table: [what: string, over: Partial<RunInput>, deleteAtMs: number | null, againMs: number | null][] =
    [
      ['it runs', { runs: [pastRun()], nowMs: 20_000 }, null, 61_000],
      ['it ends now', { runs: [pastRun()], nowMs: 61_000 }, 91_000, 91_000],
      ['it ended', { runs: ended('Complete'), nowMs: 60_000 }, 80_000, 80_000],
      ['its time has come', { runs: ended('Complete'), nowMs: 80_000 }, 80_000, null],
      ['stopped by hand', { runs: ended('Stopped'), nowMs: 60_000 }, 80_000, 80_000],
      ['suspended', { runs: ended('Suspended'), spec: { ...short, suspend: true } }, null, null],
      ['suspended after its run', { runs: ended('Complete'), spec: { ...short, suspend: true } }, null, null],
      ['run now begins another', { runs: ended('Complete'), runNow: 'x', nowMs: 60_000 }, null, 120_000],
      ['deleted already', { runs: ended('Complete'), deleted: true }, null, null],
      ['no ttl', { runs: ended('Complete'), spec }, null, null],
      ['endless', { runs: ended('Stopped'), spec: { ...endless, ttlAfterFinished: '30s' } }, null, null],
      [
        'at once',
        { runs: [pastRun()], spec: { ...short, ttlAfterFinished: '0s' }, nowMs: 61_000 },
        61_000,
        null,
      ],
    ];
  for (const [what, over, deleteAtMs, againMs] of table) {
    const runs = over.runs?.map((run) => ({ ...run, timing: runTiming(over.spec ?? short) }));
    const decision = decide({ spec: short, ...over, ...(runs === undefined ? {} : { runs }) });
    assert.deepEqual([decision.deleteAtMs, decision.againMs], [deleteAtMs, againMs], what);
  }
});
