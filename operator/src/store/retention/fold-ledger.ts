import type { Database } from '../database.ts';
import { lockAgent } from '../ingest/agent-locks.ts';

/**
 * Folds the batches of each agent that stand one by one in the ledger into stretches of sequence numbers. What was
 * known stays known, so this is no retention: nothing is forgotten. Ends early where `goesOn` says so.
 */
export async function foldLedger(db: Database, goesOn: () => boolean): Promise<void> {
  const agents = await db.query<{ id: string }>('select distinct agent_id as id from ledger');
  for (const { id } of agents) {
    if (!goesOn()) return;
    await foldAgent(db, id);
  }
}

function foldAgent(db: Database, agentId: string): Promise<void> {
  return db.transaction(async (tx) => {
    // No frame of it is taken meanwhile: a batch must not be looked for between its two places.
    await lockAgent(tx, agentId);
    await tx.query(
      `with single as (
         delete from ledger where agent_id = $1 returning epoch, seq
       ), known as (
         delete from ledger_range where agent_id = $1 and epoch in (select epoch from single)
         returning epoch, first_seq, end_seq
       ), piece as (
         select epoch, seq as first_seq, seq + 1 as end_seq from single union all select * from known
       ), begun as (
         select *, coalesce(first_seq > max(end_seq) over (
             partition by epoch order by first_seq rows between unbounded preceding and 1 preceding
           ), true) as begins
         from piece
       ), numbered as (
         select *, count(*) filter (where begins) over (partition by epoch order by first_seq) as stretch from begun
       )
       insert into ledger_range (agent_id, epoch, first_seq, end_seq)
       select $1, epoch, min(first_seq), max(end_seq) from numbered group by epoch, stretch`,
      [agentId],
    );
  });
}
