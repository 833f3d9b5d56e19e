import type { Capability } from '@streamswarm/contract';
import { reachableAddress } from '../../domain/assignments/reachable-address.ts';
import type { Queryable } from '../database.ts';

export interface AgentRow {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly online: boolean;
  readonly kind: 'Node' | 'Host';
  readonly nodeName: string | null;
  readonly labels: Readonly<Record<string, string>>;
  /** Labels of its Node alone; null for a host. */
  readonly nodeLabels: Readonly<Record<string, string>> | null;
  /** Where others reach it; null where it told no such address. */
  readonly address: string | null;
  readonly suspended: boolean;
  /** Its node or host was taken away. */
  readonly gone: boolean;
  readonly firstSeen: Date;
  readonly lastSeen: Date;
  readonly platform: { os: string; kernel: string; arch: string; cores: number; memoryBytes: number };
  readonly addresses: string[];
  readonly capabilities: Capability[];
  readonly revokedAt?: Date | null;
  readonly tests: number;
  readonly streams: number;
  readonly spool: { batches: number; bytes: number; bad: number } | null;
  /** Milliseconds by Postgres's clock. */
  readonly throughMs: number | null;
  readonly clockOffsetSeconds: number | null;
}

export interface AgentsWish {
  /** Those that are gone, too. */
  readonly gone?: boolean;
  /** The agent of this name alone. */
  readonly name?: string;
}

/** Agents with their last word and what they measure now; those that are gone only where they are asked for. */
export async function agents(db: Queryable, { gone = false, name }: AgentsWish = {}): Promise<AgentRow[]> {
  const rows = await db.query<AgentRow>(
    `select a.id, a.name, a.version, a.online, a.kind, a.node_name as "nodeName", a.labels,
       a.node_labels as "nodeLabels", a.address, a.suspended, a.gone_at is not null as gone, h.revoked_at as "revokedAt", a.first_seen as "firstSeen",
       greatest(a.last_seen, w.heard_at) as "lastSeen", a.platform, a.addresses, a.capabilities,
       coalesce(o.tests, 0) as tests, coalesce(o.streams, 0) as streams, w.spool,
       w.through_ms::float8 as "throughMs", a.clock_offset_seconds as "clockOffsetSeconds"
     from agent a
     left join agent_word w on w.agent_id = a.id
     left join host_identity h on h.agent_id = a.id
     left join (
       select agent_id, count(distinct test_uid)::int4 as tests, count(distinct stream)::int4 as streams
       from span where coalesce(to_ms, 8000000000000000000) > (extract(epoch from clock_timestamp()) * 1000)::int8
       group by agent_id
     ) as o on o.agent_id = a.id
     where ($1 or a.gone_at is null) and ($2::text is null or a.name = $2) order by a.name`,
    [gone, name ?? null],
  );
  return rows.map((row) => ({ ...row, address: row.address ?? reachableAddress(row.addresses) }));
}
