import { type Batch, type BatchAck, PROBES, type Word } from '@streamswarm/contract';
import { clockMs, type Database, type Queryable, type Transaction } from '../database.ts';
import { rollupValues } from '../rollup/rollup-row.ts';
import { minuteTable, rollupColumnNames, sampleTable } from '../tables/columns.ts';
import { dayOf, type Partitions } from '../tables/partitions.ts';
import { lockAgent } from './agent-locks.ts';
import { copyRows } from './copy-text.ts';
import { type FoldedBatch, foldBatch, sampleColumnNames, touchedBy } from './fold-batch.ts';
import { loadAnswered, loadSpans } from './load-answered.ts';
import { noteChanges } from './note-changes.ts';

export interface IngestInput {
  readonly agentId: string;
  readonly word: Word;
  readonly batch: Batch | null;
  /** Size on the wire, for the ledger. */
  readonly bytes: number;
}

export interface IngestResult {
  readonly ack: BatchAck;
  readonly samples: number;
  readonly surplus: number;
  readonly foreign: number;
}

export const LIVE_CHANNEL = 'streamswarm_live';

/**
 * Takes one frame of an agent: ledger row, samples, minutes, books and the agent's word in one transaction. A
 * batch that the ledger knows changes nothing and is acknowledged again. Nothing is acknowledged before the
 * commit.
 */
export async function ingest(
  db: Database,
  partitions: Partitions,
  input: IngestInput,
): Promise<IngestResult> {
  const { agentId, word, batch, bytes } = input;
  // A word answers no slot, so it needs neither the lock of its agent nor a transaction: most frames are one.
  if (batch === null) {
    const nowMs = await storeWord(db, agentId, word);
    return { ack: { acknowledged: null, duplicate: false, nowMs }, samples: 0, surplus: 0, foreign: 0 };
  }
  await partitions.ensure(await daysOf(db, agentId, batch));
  return db.transaction(async (tx) => {
    await lockAgent(tx, agentId);
    const nowMs = await storeWord(tx, agentId, word);
    const ack = (duplicate: boolean): BatchAck => ({
      acknowledged: { epoch: batch.epoch, seq: batch.seq },
      duplicate,
      nowMs,
    });
    const entered = await tx.query(
      `insert into ledger (agent_id, epoch, seq, samples, bytes)
       select $1, $2, $3, $4, $5 where not exists (
         select 1 from ledger_range where agent_id = $1 and epoch = $2 and first_seq <= $3 and end_seq > $3
       )
       on conflict do nothing returning 1`,
      [agentId, batch.epoch, batch.seq, countSamples(batch), bytes],
    );
    if (entered.length === 0) return { ack: ack(true), samples: 0, surplus: 0, foreign: 0 };
    const spans = await loadSpans(tx, agentId, spanIds(batch));
    const folded = foldBatch(batch, spans, await loadAnswered(tx, touchedBy(batch, spans, nowMs)), nowMs);
    await storeFolded(tx, folded);
    await noteChanges(tx, folded.changes);
    await tx.query('select pg_notify($1, hint) from unnest($2::text[]) as hint', [
      LIVE_CHANNEL,
      [...folded.tests].map((test) => JSON.stringify({ entity: 'results', key: test })),
    ]);
    const surplus = [...folded.surplus.values()].reduce((sum, row) => sum + row.count, 0);
    return { ack: ack(false), samples: folded.accepted, surplus, foreign: folded.foreign };
  });
}

function spanIds(batch: Batch): number[] {
  const ids = new Set<number>(batch.ranges.map((range) => range.span));
  for (const table of Object.values(batch.tables)) for (const id of table.span) ids.add(id);
  for (const { span } of batch.surplus) ids.add(span);
  return [...ids];
}

function countSamples(batch: Batch): number {
  return Object.values(batch.tables).reduce((sum, table) => sum + table.span.length, 0);
}

/** Partitions are made outside the transaction: they lock the table for a moment. */
async function daysOf(db: Database, agentId: string, batch: Batch): Promise<Set<number>> {
  const spans = await loadSpans(db, agentId, spanIds(batch));
  const days = new Set<number>();
  for (const { minutes } of touchedBy({ ...batch, ranges: [] }, spans, await clockMs(db)).values()) {
    for (const minute of minutes) days.add(dayOf(minute * 60_000));
  }
  return days;
}

/**
 * Keeps the newest word of an agent, which is heard with it. One that was on its way when its host was revoked or its
 * node taken away does not bring the agent back. Returns Postgres's time, in milliseconds.
 */
async function storeWord(db: Queryable, agentId: string, word: Word): Promise<number> {
  const [row] = await db.query<{ nowMs: number }>(
    `with said as (
       insert into agent_word (agent_id, epoch, seq, through_ms, plan_revision, spooled, spool, heard_at)
       values ($1, $2, $3, $4, $5, $6, $7, clock_timestamp())
       on conflict (agent_id) do update
         set epoch = excluded.epoch, seq = excluded.seq, through_ms = greatest(agent_word.through_ms, excluded.through_ms),
             plan_revision = excluded.plan_revision, spooled = excluded.spooled, spool = excluded.spool,
             heard_at = excluded.heard_at
         where (agent_word.epoch, agent_word.seq) < (excluded.epoch, excluded.seq)
     ), heard as (
       update agent set last_seen = clock_timestamp(), online = gone_at is null where id = $1
     )
     select floor(extract(epoch from clock_timestamp()) * 1000)::float8 as "nowMs"`,
    [
      agentId,
      word.epoch,
      word.seq,
      word.throughMs,
      word.planRevision,
      JSON.stringify(word.spooled),
      JSON.stringify(word.spool),
    ],
  );
  if (row === undefined) throw new Error('a word was stored and no time came back');
  return row.nowMs;
}

async function storeFolded(tx: Transaction, folded: FoldedBatch): Promise<void> {
  for (const [kind, rows] of folded.samples)
    await copyRows(tx, sampleTable(kind), sampleColumnNames(kind), rows);
  for (const [kind, minutes] of folded.minutes) {
    const probe = PROBES[kind];
    const rows = [...minutes.values()].map((row) => rollupValues(probe, row));
    await copyRows(tx, minuteTable(kind), rollupColumnNames(probe), rows);
  }
  await copyRows(
    tx,
    'slot_minute',
    ['span_id', 'minute', 'mask', 'ok', 'lost', 'error', 'reasons'],
    [...folded.slotMinutes.values()].map((row) => [
      row.spanId,
      row.minute,
      BigInt.asIntN(64, row.mask),
      row.ok,
      row.lost,
      row.error,
      Object.keys(row.reasons).length > 0 ? row.reasons : null,
    ]),
  );
  for (const range of folded.ranges) await storeRange(tx, range);
  for (const { spanId, reason, count } of folded.surplus.values()) {
    await tx.query(
      `insert into surplus (span_id, reason, count) values ($1, $2, $3)
       on conflict (span_id, reason) do update set count = surplus.count + excluded.count`,
      [spanId, reason, count],
    );
  }
}

/** A range that goes on where one of the same kind ended makes that one longer: hours of denial stay one row. */
async function storeRange(tx: Transaction, range: FoldedBatch['ranges'][number]): Promise<void> {
  const { spanId, first, end, outcome, reason } = range;
  const grown = await tx.query(
    `update slot_range set end_slot = $3
     where span_id = $1 and end_slot = $2 and outcome = $4 and reason = $5 returning 1`,
    [spanId, first, end, outcome, reason],
  );
  if (grown.length > 0) return;
  await tx.query(
    'insert into slot_range (span_id, first_slot, end_slot, outcome, reason) values ($1, $2, $3, $4, $5)',
    [spanId, first, end, outcome, reason],
  );
}
