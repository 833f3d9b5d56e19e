import type { AgentPlace, ClusterAgent } from '../../domain/agents/decide-agent-row.ts';
import type { Database, Queryable } from '../database.ts';
import { endSessionsExcept } from './agent-sessions.ts';
import { writeEvent } from './write-event.ts';

/** An agent with its session, as the agents' controller sees it. */
export interface ClusterAgentRow extends ClusterAgent {
  readonly session: {
    readonly version: string;
    readonly online: boolean;
    readonly lastSeenMs: number;
    /** Tests that it measures for now. */
    readonly tests: number;
    readonly addresses: readonly string[];
  };
}

/** What the agents' controller reads and writes. */
export interface ClusterAgents {
  /** Every agent that ever had a session, also those that are gone. */
  agents(): Promise<ClusterAgentRow[]>;
  /** Stores what planning goes by; an agent that was gone is there again. */
  setPlace(id: string, place: AgentPlace): Promise<void>;
  /** Its node or host was taken away: it gets no assignments, and what it still owes is dropped. */
  markGone(id: string): Promise<void>;
  endSessionsExcept(podUids: readonly string[]): Promise<void>;
}

export function clusterAgents(db: Database): ClusterAgents {
  return {
    agents: () => listAgents(db),
    setPlace: (id, place) => setPlace(db, id, place),
    markGone: (id) => markAgentGone(db, id),
    endSessionsExcept: (podUids) => endSessionsExcept(db, podUids),
  };
}

async function listAgents(db: Queryable): Promise<ClusterAgentRow[]> {
  return await db.query<ClusterAgentRow>(
    `select a.id, a.name, a.kind, a.node_name as "nodeName", a.labels, a.node_labels as "nodeLabels", a.address, a.suspended,
       a.gone_at is not null as gone, h.labels as "joinLabels", h.revoked_at is not null as revoked,
       json_build_object('version', a.version, 'online', a.online,
         'lastSeenMs', floor(extract(epoch from a.last_seen) * 1000)::int8, 'tests', coalesce(o.tests, 0),
         'addresses', a.addresses) as session
     from agent a
     left join host_identity h on h.agent_id = a.id
     left join (
       select agent_id, count(distinct test_uid)::int4 as tests from span
       where coalesce(to_ms, 8000000000000000000) > (extract(epoch from clock_timestamp()) * 1000)::int8 group by agent_id
     ) as o on o.agent_id = a.id
     order by a.name`,
  );
}

async function setPlace(db: Queryable, id: string, place: AgentPlace): Promise<void> {
  const { labels, nodeLabels, address, suspended } = place;
  await db.query(
    `update agent set labels = $2, node_labels = $3, address = $4, suspended = $5, gone_at = null where id = $1`,
    [id, JSON.stringify(labels), nodeLabels === null ? null : JSON.stringify(nodeLabels), address, suspended],
  );
}

/** Again does nothing: the time at which it went stays. */
export async function markAgentGone(db: Database, id: string): Promise<void> {
  await db.transaction(async (tx) => {
    const [row] = await tx.query<{ name: string }>(
      `update agent set gone_at = clock_timestamp(), online = false where id = $1 and gone_at is null returning name`,
      [id],
    );
    if (row === undefined) return;
    await writeEvent(tx, {
      kind: 'agent',
      reason: 'AgentGone',
      message: `the node or host of ${row.name} was taken away; slots that it still owed are dropped`,
      agent: row.name,
      warning: true,
    });
    await tx.query(`select pg_notify('streamswarm_live', '{"entity":"agents","key":null}')`);
  });
}
