import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { systemTimers } from '@streamswarm/agent/clock/timers';
import { hostDetails } from '@streamswarm/agent/probes/host/host-details';
import { readLinuxHost } from '@streamswarm/agent/probes/host/read-linux-host';
import { Machine, schemaProblems } from '@streamswarm/contract';
import type { Database } from '@streamswarm/operator/store/database';
import { ingest } from '@streamswarm/operator/store/ingest/ingest';
import { bindReads } from '@streamswarm/operator/store/queries/reads';
import { managePartitions } from '@streamswarm/operator/store/tables/partitions';
import { plantTest } from '../support/planted-spans.ts';
import { batchOf, samplesOf, wordOf } from '../support/sample-batch.ts';
import { startTestStore, type TestStore } from '../support/test-store.ts';

const MINUTE = 60_000;
const START = Math.floor(Date.now() / MINUTE - 30) * MINUTE;

let store: TestStore;
let db: Database;
before(async () => {
  store = await startTestStore();
  ({ db } = store);
});
after(() => store.stop());

test('the parts of a machine are those of the newest sample that has them, of whichever test', async () => {
  const planter = await plantTest(db, 'machines');
  for (const agentId of ['a', 'b']) await planter.addAgent(agentId);
  const details = hostDetails(null, readLinuxHost('/', systemTimers.monotonicMs)).metrics;
  const { interfaces } = details as { interfaces: { name: string }[] };
  assert.ok(interfaces.length > 0);
  const renamed = [{ ...interfaces[0], name: 'newest' }];
  let seq = 0;
  for (const [destination, told] of [
    ['one', [interfaces, null, null]],
    ['two', [null, renamed, null]],
  ] as const) {
    const place = { agentId: 'a', destination, probe: 'host', offsetMs: 0 };
    const span = await planter.addSpan({
      ...place,
      startMs: START,
      periodMs: MINUTE,
      fromMs: START,
      toMs: null,
    });
    const metrics = {
      interfaces: [...told],
      disks: told.map(() => null),
      filesystems: told.map((all) => (all === null ? null : (details['filesystems'] ?? null))),
    };
    const table = samplesOf(span.id, [...told.keys()], metrics);
    const word = wordOf({ seq, throughMs: START + 3 * MINUTE });
    const batch = batchOf(seq++, 'host', table);
    await ingest(db, managePartitions(db), { agentId: 'a', word, batch, bytes: 1 });
  }
  const reads = bindReads(db);
  const seen = await reads.latestMachine('a');
  assert.ok(seen !== null);
  assert.equal(seen.at.getTime(), START + MINUTE);
  assert.deepEqual(schemaProblems(Machine, { ...seen, at: seen.at.toISOString() }), []);
  assert.deepEqual([seen.interfaces?.map(({ name }) => name), seen.disks], [['newest'], null]);
  assert.equal(await reads.latestMachine('b'), null);
  assert.equal(await reads.latestMachine('nobody'), null);
});
