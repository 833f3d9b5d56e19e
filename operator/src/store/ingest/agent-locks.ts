import type { Transaction } from '../database.ts';

/** Any numbers that nobody else locks. */
const AGENT_LOCK = 7;
const EVERYBODY_LOCK = 0x7377_0000_0007n;
/** Postgres holds each lock in a table of limited size; a plan with more agents than this stops all of them at once. */
const MOST_AGENT_LOCKS = 500;

/**
 * One frame of an agent at a time: that a slot is answered once, and that it was planned, is decided on what is
 * committed. Held until the end of the transaction.
 */
export async function lockAgent(tx: Transaction, agentId: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock_shared($3), pg_advisory_xact_lock(hashtextextended($1, $2))', [
    agentId,
    AGENT_LOCK,
    EVERYBODY_LOCK,
  ]);
}

/** Waits for the frames that these agents are sending, and keeps others out until the transaction ends. */
export async function lockAgentsOfSpans(
  tx: Transaction,
  spans: readonly { readonly agentId: string }[],
): Promise<void> {
  const ids = [...new Set(spans.map((span) => span.agentId))];
  if (ids.length > MOST_AGENT_LOCKS) {
    await tx.query('select pg_advisory_xact_lock($1)', [EVERYBODY_LOCK]);
    return;
  }
  await tx.query('select pg_advisory_xact_lock(hashtextextended(id, $2)) from unnest($1::text[]) as id', [
    ids,
    AGENT_LOCK,
  ]);
}
