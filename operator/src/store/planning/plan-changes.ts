import type { Queryable } from '../database.ts';

/** Says whose plan has changed: a JSON list of agent ids. An empty payload means everybody. */
export const PLAN_CHANNEL = 'streamswarm_plan';

/** Postgres takes 8,000 bytes less one a notification. */
const MOST_BYTES = 7_900;

export async function notifyAgents(tx: Queryable, agentIds: Iterable<string>): Promise<void> {
  const payloads = planPayloads(agentIds);
  if (payloads.length > 0)
    await tx.query('select pg_notify($1, payload) from unnest($2::text[]) as payload', [
      PLAN_CHANNEL,
      payloads,
    ]);
}

/** The ids in as few lists as fit. */
export function planPayloads(agentIds: Iterable<string>): string[] {
  const lists: string[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const id of new Set(agentIds)) {
    const added = Buffer.byteLength(JSON.stringify(id)) + 1;
    if (bytes + added > MOST_BYTES) {
      lists.push([]);
      bytes = 2;
    }
    lists.at(-1)?.push(id);
    bytes += added;
  }
  return lists.map((list) => JSON.stringify(list));
}

/** The agents that a notification is about; null for all of them. */
export function readPlanPayload(payload: string): readonly string[] | null {
  return payload === '' ? null : (JSON.parse(payload) as string[]);
}
