import type { Database, Queryable } from '../database.ts';
import { SESSION_CHANNEL } from './agent-sessions.ts';
import { writeEvent } from './write-event.ts';

export type Revocation =
  | { readonly kind: 'revoked'; readonly agentId: string; readonly isNew: boolean }
  | { readonly kind: 'unknown' }
  /** Its right comes from the cluster, and ends there. */
  | { readonly kind: 'node' };

/**
 * Takes a host's right to open sessions for good, ends those it has and leaves it nothing to measure. What it has
 * measured stays. Its row may not exist yet: it has joined and never opened a session.
 */
export async function revokeHost(
  db: Database,
  name: string,
  why: { readonly reason: 'AgentRevoked' | 'AgentLeft'; message(name: string): string },
): Promise<Revocation> {
  return db.transaction(async (tx) => {
    const [agent] = await tx.query<{ id: string; name: string; kind: string }>(
      `select id, name, kind from agent where name = $1 or id = $1 order by (name = $1) desc limit 1 for update`,
      [name],
    );
    const id = agent?.id ?? (await joinedOnly(tx, name));
    if (id === null) return { kind: 'unknown' };
    if (agent?.kind === 'Node') return { kind: 'node' };
    const revoked = await tx.query(
      `insert into host_identity (agent_id, revoked_at) values ($1, clock_timestamp())
       on conflict (agent_id) do update set revoked_at = excluded.revoked_at where host_identity.revoked_at is null
       returning 1`,
      [id],
    );
    if (revoked.length === 0) return { kind: 'revoked', agentId: id, isNew: false };
    await tx.query('delete from agent_session where agent_id = $1', [id]);
    await tx.query(
      'update agent set gone_at = coalesce(gone_at, clock_timestamp()), online = false where id = $1',
      [id],
    );
    const known = agent?.name ?? name;
    const { reason } = why;
    await writeEvent(tx, {
      kind: 'agent',
      reason,
      message: why.message(known),
      agent: known,
      warning: reason === 'AgentRevoked',
    });
    await tx.query(
      `select pg_notify('streamswarm_live', '{"entity":"agents","key":null}'), pg_notify($1, $2)`,
      [SESSION_CHANNEL, id],
    );
    return { kind: 'revoked', agentId: id, isNew: true };
  });
}

async function joinedOnly(tx: Queryable, nameOrId: string): Promise<string | null> {
  const rows = await tx.query<{ id: string }>(
    'select agent_id as id from host_identity where agent_id = $1 or name = $1 limit 2',
    [nameOrId],
  );
  // Names of hosts that have no session yet need not be unique: then only the id says which is meant.
  return rows.length === 1 ? (rows[0]?.id ?? null) : null;
}
