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
  /** Where others reach it; null where it told no such address. */
  readonly address: string | null;
  readonly suspended: boolean;
  readonly gone: false;
  readonly firstSeen: Date;
  readonly lastSeen: Date;
  readonly platform: { os: string; kernel: string; arch: string; cores: number; memoryBytes: number };
  readonly addresses: string[];
  readonly capabilities: Capability[];
  readonly tests: number;
  readonly streams: number;
  readonly spool: { batches: number; bytes: number; bad: number } | null;
  /** Milliseconds by Postgres's clock. */
  readonly throughMs: number | null;
  readonly clockOffsetSeconds: number | null;
}

/** Every agent that is not gone, with its last word and what it measures now. */
export async function agents(db: Queryable): Promise<AgentRow[]> {
  const rows = await db.query<AgentRow>(
    `select a.id, a.name, a.version, a.online, a.kind, a.node_name as "nodeName", a.labels, a.address, a.suspended,
       false as gone, a.first_seen as "firstSeen",
       greatest(a.last_seen, w.heard_at) as "lastSeen", a.platform, a.addresses, a.capabilities,
       coalesce(o.tests, 0) as tests, coalesce(o.streams, 0) as streams, w.spool,
       w.through_ms::float8 as "throughMs", a.clock_offset_seconds as "clockOffsetSeconds"
     from agent a
     left join agent_word w on w.agent_id = a.id
     left join (
       select agent_id, count(distinct test_uid)::int4 as tests, count(distinct stream)::int4 as streams
       from span where coalesce(to_ms, 8000000000000000000) > (extract(epoch from clock_timestamp()) * 1000)::int8
       group by agent_id
     ) as o on o.agent_id = a.id
     where a.gone_at is null order by a.name`,
  );
  return rows.map((row) => ({ ...row, address: row.address ?? reachableAddress(row.addresses) }));
}
