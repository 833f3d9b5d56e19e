import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { type Database, openDatabase } from '@streamswarm/operator/store/database';
import { pino } from 'pino';
import { startStreet } from '../support/street.ts';
import { loopbackTest } from '../support/street-manifest.ts';
import { waitUntil } from '../support/wait-until.ts';

/** STREAMSWARM_SEED repeats a run; `npm run prove` raises the rounds. */
const SEED = Number(process.env['STREAMSWARM_SEED'] ?? Date.now() % 1_000_000);
const ROUNDS = Number(process.env['STREAMSWARM_ROUNDS'] ?? 2);

test('every acknowledged slot is there, once, after kill -9 of operator, agent and Postgres', {
  timeout: 600_000,
}, async (t) => {
  t.diagnostic(`seed ${SEED}, ${ROUNDS} rounds`);
  const random = lehmer(SEED);
  const street = await startStreet({ durable: true });
  const db = openDatabase({ url: street.postgres.url, logger: pino({ level: 'silent' }) });
  try {
    await street.apply(loopbackTest('kills'));
    await waitUntil('first acknowledged slots', () => street.proxy.acknowledged.size > 20);
    const victims = {
      operator: { kill: () => street.operator.signal('SIGKILL'), start: async () => street.operator.start() },
      agent: { kill: () => street.agent.signal('SIGKILL'), start: async () => street.agent.start() },
      postgres: { kill: () => street.postgres.kill(), start: () => street.postgres.start() },
    };
    for (let round = 0; round < ROUNDS; round++) {
      for (const [name, victim] of Object.entries(victims)) {
        const before = street.proxy.acknowledged.size;
        await delay(300 + random() * 2_000);
        await victim.kill();
        await delay(100 + random() * 1_500);
        await victim.start();
        await waitUntil(
          `acknowledgements after the kill of ${name}`,
          () => street.proxy.acknowledged.size > before,
        );
      }
      // The commit stands and the agent never hears of it: it sends the same batches again.
      street.proxy.mode = 'lose-acks';
      await delay(1_000 + random() * 1_000);
      street.proxy.mode = 'pass';
    }
    await fetch(`${street.api}/api/v1/tests/default/kills/stop`, { method: 'POST' });
    const books = await waitUntil('the books to close', async () => {
      const now = await street.books('?test=kills');
      return now.pending === 0 && now;
    });
    t.diagnostic(
      `acknowledged ${street.proxy.acknowledged.size} samples; books ${JSON.stringify({ ...books, tests: undefined, agents: undefined, probes: undefined })}`,
    );
    assert.equal(books.unaccounted, 0);
    assert.equal(books.scheduled, books.ok + books.lost + books.error + books.denied + books.dropped);
    const stored = await storedSlots(db);
    for (const [slot, outcome] of street.proxy.acknowledged) {
      assert.deepEqual(stored.get(slot), [outcome], `slot ${slot} was acknowledged once as ${outcome}`);
    }
    for (const [slot, outcomes] of stored) assert.equal(outcomes.length, 1, `slot ${slot} stands once`);
    assert.equal(stored.size, books.ok + books.lost + books.error);
  } finally {
    await db.close();
    await street.stop();
  }
});

/** `span slot` -> outcomes of its rows, computed back from the due times. */
async function storedSlots(db: Database): Promise<Map<string, string[]>> {
  const rows = await db.query<{ key: string; outcome: string }>(
    `select span.id || ' ' || ((floor(extract(epoch from ts) * 1000)::int8 - start_ms
              - case when floor(extract(epoch from ts) * 1000)::int8 = from_ms then 0 else offset_ms end) / period_ms) as key,
            outcome
     from (select stream, ts, outcome from probe_icmp union all select stream, ts, outcome from probe_host
           union all select stream, ts, outcome from probe_tcp) as sample
     join span using (stream)`,
  );
  const stored = new Map<string, string[]>();
  for (const { key, outcome } of rows) stored.set(key, [...(stored.get(key) ?? []), outcome]);
  return stored;
}

function lehmer(seed: number): () => number {
  let x = (seed % 2_147_483_646) + 1;
  return () => {
    x = (x * 48_271) % 2_147_483_647;
    return x / 2_147_483_647;
  };
}
