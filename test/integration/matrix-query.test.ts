import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { findMetric } from '@streamswarm/contract';
import { readMatrix } from '@streamswarm/operator/api/results/read-matrix';
import { bindReads } from '@streamswarm/operator/store/queries/reads';
import { type ResultStore, startResultStore } from '../support/result-store.ts';
import { float4, quantile, START, sum, type Truth } from '../support/result-truth.ts';

let store: ResultStore;

before(async () => {
  store = await startResultStore();
});
after(() => store.stop());

test('a matrix has one cell for each agent and destination, over exactly the window asked for', async () => {
  // Neither end lies on a step: what is outside must not be in.
  const window = { fromMs: START + 7 * 60_000 + 1_234, toMs: START + 41 * 60_000 + 567 };
  const base = findMetric('icmp', 'rtts_seconds');
  assert.ok(base);
  const matrix = await readMatrix(bindReads(store.db), {
    selection: { testUid: store.testUid, kind: 'icmp', probe: 'icmp', agent: null, destination: null },
    metric: { asked: base, base },
    window,
  });
  assert.deepEqual(
    [matrix.level, Date.parse(matrix.from), Date.parse(matrix.to), matrix.agents, matrix.destinations],
    ['raw', window.fromMs, window.toMs, ['a', 'b'], ['one', 'two']],
  );
  assert.equal(matrix.cells.length, 4);
  for (const cell of matrix.cells) {
    const slots = store.truth.filter(
      ({ agent, destination, dueMs }) =>
        agent === cell.agent &&
        destination === cell.destination &&
        dueMs >= window.fromMs &&
        dueMs < window.toMs,
    );
    const rtts = slots.flatMap((slot) => slot.rtts);
    const sent = sum(slots.map((slot) => slot.sent ?? 0));
    const count = (outcome: Truth['outcome']): number =>
      slots.filter((slot) => slot.outcome === outcome).length;
    assert.deepEqual(
      [
        cell.n,
        float4(cell.p50),
        float4(cell.p95),
        cell.sent,
        cell.lost,
        cell.ok,
        cell.error,
        cell.dropped,
        cell.denied,
      ],
      [
        rtts.length,
        quantile(rtts, 0.5),
        quantile(rtts, 0.95),
        sent,
        sent - rtts.length,
        count('ok'),
        count('error'),
        count('dropped'),
        count('denied'),
      ],
    );
  }
});
