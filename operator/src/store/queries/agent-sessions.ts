import type { SessionRequest } from '@streamswarm/contract';
import type { Caller } from '../../agents/session-gate.ts';
import type { Database, Queryable, Transaction } from '../database.ts';
import { reportSharedIdentity } from './shared-identity.ts';
import { writeEvent } from './write-event.ts';

/** Says ids of agents whose sessions have changed. */
export const SESSION_CHANNEL = 'streamswarm_session';

/** An agent that said nothing for so long is not in the way of an earlier start of itself. It speaks every 2 s. */
const HEARD_SECONDS = 15;

export interface SessionToOpen {
  readonly request: SessionRequest;
  readonly caller: Caller;
  readonly tokenHash: Buffer;
  /** Postgres's clock. */
  readonly nowMs: number;
  /** How long the session lives. */
  readonly sessionMs: number;
}

export type OpenedSession =
  | { readonly kind: 'opened'; readonly isNew: boolean }
  /** A later start of the same agent is heard: this one must not measure beside it. */
  | { readonly kind: 'superseded'; readonly laterEpoch: number }
  /** It has joined, and who asks has not proven to be it. */
  | { readonly kind: 'unproven' }
  | { readonly kind: 'revoked' };

export interface StoredSession {
  readonly agentId: string;
  /** Of its life, by Postgres's clock. */
  readonly leftMs: number;
}

/**
 * Stores who an agent says it is, and the hash of the token of its session, which ends every earlier session of that
 * agent. Its labels are given, never claimed.
 */
export async function openSession(db: Database, session: SessionToOpen): Promise<OpenedSession> {
  const { request } = session;
  return db.transaction(async (tx) => {
    const [before] = await tx.query<{ online: boolean; name: string }>(
      'select online, name from agent where id = $1 for update',
      [request.agentId],
    );
    const refusal = await hostRefusal(tx, session);
    if (refusal !== null) return refusal;
    const later = await laterStart(tx, request);
    if (before !== undefined && later !== null) {
      await reportSharedIdentity(tx, { name: before.name, ...later });
      return { kind: 'superseded', laterEpoch: later.laterEpoch };
    }
    const { name, online } = await storeAgent(tx, session);
    await tx.query('delete from agent_session where agent_id = $1', [request.agentId]);
    await insertSession(tx, session);
    await hearAgain(tx, request);
    if (before === undefined) {
      await writeEvent(tx, {
        kind: 'agent',
        reason: 'AgentJoined',
        message: `${name} joined, version ${request.version}`,
        agent: name,
      });
    } else if (online && !before.online) {
      await writeEvent(tx, { kind: 'agent', reason: 'AgentBack', message: `${name} is back`, agent: name });
    }
    await tx.query(
      `select pg_notify('streamswarm_live', '{"entity":"agents","key":null}'), pg_notify($1, $2)`,
      [SESSION_CHANNEL, request.agentId],
    );
    return { kind: 'opened', isNew: before === undefined };
  });
}

/**
 * Who once joined must prove itself on every way in, and a revoked one has none. The row is locked: a revocation comes
 * before this session or finds it.
 */
async function hostRefusal(
  tx: Transaction,
  { request, caller }: SessionToOpen,
): Promise<{ readonly kind: 'unproven' | 'revoked' } | null> {
  if (caller.kind === 'Node') return null;
  const [identity] = await tx.query<{ revoked: boolean }>(
    'select revoked_at is not null as revoked from host_identity where agent_id = $1 for update',
    [request.agentId],
  );
  if (identity === undefined) return null;
  if (identity.revoked) return { kind: 'revoked' };
  return caller.joinedAs === request.agentId ? null : { kind: 'unproven' };
}

/** Whether a later start of the same agent has a session and was heard just now. */
async function laterStart(
  tx: Transaction,
  { agentId, epoch }: SessionRequest,
): Promise<{ epoch: number; laterEpoch: number } | null> {
  if (epoch === undefined) return null;
  const [row] = await tx.query<{ laterEpoch: number }>(
    `select s.epoch::float8 as "laterEpoch" from agent_session s join agent a on a.id = s.agent_id
     where s.agent_id = $1 and s.epoch > $2 and a.last_seen > clock_timestamp() - make_interval(secs => $3)`,
    [agentId, epoch, HEARD_SECONDS],
  );
  return row === undefined ? null : { epoch, laterEpoch: row.laterEpoch };
}

/** Labels of nodes, and whether they are gone, belong to the cluster: of a new one the name is set, of a known one nothing. */
async function storeAgent(
  tx: Transaction,
  { request, caller, nowMs }: SessionToOpen,
): Promise<{ name: string; online: boolean }> {
  const nodeName = caller.kind === 'Node' ? caller.nodeName : null;
  const name = await freeName(tx, nodeName ?? request.name, request.agentId);
  const [stored] = await tx.query<{ online: boolean }>(
    `insert into agent (id, name, version, platform, addresses, capabilities, labels, clock_offset_seconds, kind, node_name)
     values ($1, $2, $3, $4, $5, $6,
       coalesce((select labels from host_identity where agent_id = $1), '{}')
         || jsonb_build_object('kubernetes.io/hostname', $2::text), $7, $8, $9)
     on conflict (id) do update
       set name = excluded.name, version = excluded.version, platform = excluded.platform,
           addresses = excluded.addresses, capabilities = excluded.capabilities,
           labels = case when excluded.kind = 'Node' then agent.labels else agent.labels || excluded.labels end,
           clock_offset_seconds = excluded.clock_offset_seconds, last_seen = clock_timestamp(),
           online = excluded.kind <> 'Node' or agent.gone_at is null, kind = excluded.kind, node_name = excluded.node_name,
           gone_at = case when excluded.kind = 'Node' then agent.gone_at end
     returning online`,
    [
      request.agentId,
      name,
      request.version,
      JSON.stringify(request.platform),
      JSON.stringify(request.addresses),
      JSON.stringify(request.capabilities),
      (request.clockMs - nowMs) / 1_000,
      caller.kind,
      nodeName,
    ],
  );
  return { name, online: stored?.online ?? false };
}

async function insertSession(tx: Transaction, session: SessionToOpen): Promise<void> {
  const { request, caller, tokenHash, sessionMs } = session;
  const isNode = caller.kind === 'Node';
  await tx.query(
    `insert into agent_session (token_hash, agent_id, pod_uid, node_name, epoch, expires_at)
     values ($1, $2, $3, $4, $5, clock_timestamp() + make_interval(secs => $6))`,
    [
      tokenHash,
      request.agentId,
      isNode ? caller.podUid : null,
      isNode ? caller.nodeName : null,
      request.epoch ?? null,
      sessionMs / 1_000,
    ],
  );
}

/**
 * Words are ordered by epoch. An earlier start that goes on because the later one is silent, or one whose clock and
 * spool were both set back, would never be heard again otherwise.
 */
async function hearAgain(tx: Transaction, { agentId, epoch }: SessionRequest): Promise<void> {
  if (epoch === undefined) return;
  await tx.query('update agent_word set epoch = $2, seq = -1 where agent_id = $1 and epoch > $2', [
    agentId,
    epoch,
  ]);
}

/** Names are for people and unique: a second host of the same name gets a part of its id behind it. */
async function freeName(tx: Transaction, name: string, agentId: string): Promise<string> {
  const taken = await tx.query('select 1 from agent where name = $1 and id <> $2', [name, agentId]);
  return taken.length === 0 ? name : `${name}-${agentId.slice(0, 4)}`;
}

/** The session of a token, unless it has ended. */
export async function findSession(db: Queryable, tokenHash: Buffer): Promise<StoredSession | null> {
  const [row] = await db.query<StoredSession>(
    `select agent_id as "agentId", (extract(epoch from expires_at - clock_timestamp()) * 1000)::float8 as "leftMs"
     from agent_session where token_hash = $1 and expires_at > clock_timestamp()`,
    [tokenHash],
  );
  return row ?? null;
}

/** Ends the sessions of a pod that is gone. */
export async function endSessionsOfPod(db: Queryable, podUid: string): Promise<void> {
  await db.query(
    `with ended as (delete from agent_session where pod_uid = $1 returning agent_id)
     select pg_notify($2, agent_id) from ended`,
    [podUid, SESSION_CHANNEL],
  );
}

/** Ends the sessions of all pods but these; sessions of standalone agents have no pod and stay. */
export async function endSessionsExcept(db: Queryable, podUids: readonly string[]): Promise<void> {
  await db.query(
    `with ended as (delete from agent_session where pod_uid is not null and pod_uid <> all ($1) returning agent_id)
     select pg_notify($2, agent_id) from ended`,
    [podUids, SESSION_CHANNEL],
  );
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
