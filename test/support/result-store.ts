import type { Database } from '@streamswarm/operator/store/database';
import { ingest } from '@streamswarm/operator/store/ingest/ingest';
import { managePartitions } from '@streamswarm/operator/store/tables/partitions';
import { plantTest } from './planted-spans.ts';
import { batchOf, LENGTH, PERIOD, START, type Truth, truthOf } from './result-truth.ts';
import { wordOf } from './sample-batch.ts';
import { startTestStore } from './test-store.ts';

/** A store that has taken an hour of two agents with two destinations each, and the truth of it. */
export interface ResultStore {
  readonly db: Database;
  readonly testUid: string;
  readonly truth: readonly Truth[];
  stop(): Promise<void>;
}

export async function startResultStore(): Promise<ResultStore> {
  const { db, stop } = await startTestStore();
  const planter = await plantTest(db, 'results');
  const truth: Truth[] = [];
  const partitions = managePartitions(db);
  for (const agentId of ['a', 'b']) {
    await planter.addAgent(agentId);
    for (const destination of ['one', 'two']) {
      const span = await planter.addSpan({
        agentId,
        destination,
        startMs: START,
        periodMs: PERIOD,
        fromMs: START,
        toMs: START + LENGTH,
      });
      truth.push(...truthOf(span, destination));
    }
    const own = truth.filter((slot) => slot.agent === agentId);
    // Three batches whose borders lie inside minutes, so that minutes are made of several partial rows.
    for (const seq of [0, 1, 2]) {
      const batch = batchOf(
        seq,
        own.filter((_, i) => i % 3 === seq),
      );
      const word = wordOf({ seq, throughMs: START + 2 * LENGTH });
      await ingest(db, partitions, { agentId, word, batch, bytes: 1 });
    }
  }
  return {
    db,
    testUid: planter.testUid,
    truth,
    stop,
  };
}
