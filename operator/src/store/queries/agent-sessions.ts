import type { SessionRequest } from '@streamswarm/contract';
import type { Database } from '../database.ts';
import { writeEvent } from './write-event.ts';

export interface OpenedSession {
  readonly isNew: boolean;
}

/** Stores who an agent says it is, and the hash of the token of its session. Its labels are given, never claimed. */
export async function openSession(
  db: Database,
  request: SessionRequest,
  tokenHash: Buffer,
  nowMs: number,
): Promise<OpenedSession> {
  return db.transaction(async (tx) => {
    const [before] = await tx.query<{ online: boolean }>(
      'select online from agent where id = $1 for update',
      [request.agentId],
    );
    const name = await freeName(tx.query, request);
    await tx.query(
      `insert into agent (id, name, version, platform, addresses, capabilities, labels, clock_offset_seconds)
       values ($1, $2, $3, $4, $5, $6, jsonb_build_object('kubernetes.io/hostname', $2::text), $7)
       on conflict (id) do update
         set name = excluded.name, version = excluded.version, platform = excluded.platform,
             addresses = excluded.addresses, capabilities = excluded.capabilities, labels = excluded.labels,
             clock_offset_seconds = excluded.clock_offset_seconds, last_seen = clock_timestamp(), online = true`,
      [
        request.agentId,
        name,
        request.version,
        JSON.stringify(request.platform),
        JSON.stringify(request.addresses),
        JSON.stringify(request.capabilities),
        (request.clockMs - nowMs) / 1_000,
      ],
    );
    await tx.query('delete from agent_session where agent_id = $1', [request.agentId]);
    await tx.query('insert into agent_session (token_hash, agent_id) values ($1, $2)', [
      tokenHash,
      request.agentId,
    ]);
    if (before === undefined) {
      await writeEvent(tx, {
        kind: 'agent',
        reason: 'AgentJoined',
        message: `${name} joined, version ${request.version}`,
        agent: name,
      });
    } else if (!before.online) {
      await writeEvent(tx, { kind: 'agent', reason: 'AgentBack', message: `${name} is back`, agent: name });
    }
    await tx.query(`select pg_notify('streamswarm_live', '{"entity":"agents","key":null}')`);
    return { isNew: before === undefined };
  });
}

/** Names are for people and unique: a second host of the same name gets a part of its id behind it. */
async function freeName(query: Database['query'], request: SessionRequest): Promise<string> {
  const taken = await query('select 1 from agent where name = $1 and id <> $2', [
    request.name,
    request.agentId,
  ]);
  return taken.length === 0 ? request.name : `${request.name}-${request.agentId.slice(0, 4)}`;
}

export async function findSession(db: Database, tokenHash: Buffer): Promise<string | null> {
  const [row] = await db.query<{ agentId: string }>(
    'select agent_id as "agentId" from agent_session where token_hash = $1',
    [tokenHash],
  );
  return row?.agentId ?? null;
}

/** Marks agents that were not heard for a while as offline; returns their names. */
export async function markOffline(db: Database, silentMs: number): Promise<string[]> {
  return db.transaction(async (tx) => {
    const rows = await tx.query<{ name: string }>(
      `update agent set online = false
       where online and last_seen < clock_timestamp() - make_interval(secs => $1) returning name`,
      [silentMs / 1_000],
    );
    for (const { name } of rows) {
      await writeEvent(tx, {
        kind: 'agent',
        reason: 'AgentOffline',
        message: `${name} is not heard any more; its open slots stay pending`,
        agent: name,
        warning: true,
      });
    }
    if (rows.length > 0)
      await tx.query(`select pg_notify('streamswarm_live', '{"entity":"agents","key":null}')`);
    return rows.map((row) => row.name);
  });
}
