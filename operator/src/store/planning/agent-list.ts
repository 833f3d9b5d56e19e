import type { AgentRecord } from '../../domain/assignments/agent-record.ts';
import { reachableAddress } from '../../domain/assignments/reachable-address.ts';
import type { Database, Queryable } from '../database.ts';

interface Row extends Omit<AgentRecord, 'address'> {
  readonly address: string | null;
  readonly addresses: readonly string[];
}

/** Agents as planning sees them, kept for as long as nothing of them changes. */
export interface AgentList {
  /** `version` is what agent_list says in the same snapshot, or a later one. */
  at(db: Queryable, version: number): Promise<readonly AgentRecord[]>;
}

const lists = new WeakMap<Database, AgentList>();

/** One list a database: a planner plans many tests with it. */
export function agentListOf(db: Database): AgentList {
  const list = lists.get(db) ?? cachedAgentList();
  lists.set(db, list);
  return list;
}

function cachedAgentList(): AgentList {
  let known: { version: number; agents: readonly AgentRecord[] } | null = null;
  return {
    async at(db, version) {
      if (known?.version === version) return known.agents;
      known = await loadAgents(db);
      return known.agents;
    },
  };
}

/** List and version in one statement, so in one snapshot. */
async function loadAgents(db: Queryable): Promise<{ version: number; agents: AgentRecord[] }> {
  const [row] = await db.query<{ version: number; agents: Row[] }>(
    `select version::float8 as version,
       (select coalesce(json_agg(json_build_object('id', id, 'name', name, 'kind', kind, 'nodeName', node_name,
          'labels', labels, 'nodeLabels', node_labels, 'address', address, 'addresses', addresses,
          'suspended', suspended, 'gone', gone_at is not null) order by id), '[]') from agent) as agents
     from agent_list`,
  );
  if (row === undefined) throw new Error('the list of agents has no version');
  return {
    version: row.version,
    agents: row.agents.map(({ addresses, ...agent }) => ({
      ...agent,
      address: agent.address ?? reachableAddress(addresses),
    })),
  };
}
