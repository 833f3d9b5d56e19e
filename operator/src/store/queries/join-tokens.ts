import type { Database, Queryable } from '../database.ts';

export interface JoinTokenToKeep {
  readonly tokenHash: Buffer;
  readonly name: string | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly createdBy: string;
  readonly livesMs: number;
}

export interface JoinTokenRow {
  readonly id: string;
  readonly name: string | null;
  readonly labels: Record<string, string>;
  readonly state: 'open' | 'used' | 'expired' | 'revoked';
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
  readonly agentId: string | null;
}

/** Tokens are told of for so long after their end. */
const LISTED_DAYS = 30;

export async function keepJoinToken(
  db: Queryable,
  token: JoinTokenToKeep,
): Promise<{ readonly id: string; readonly expiresAt: Date }> {
  const [row] = await db.query<{ id: string; expiresAt: Date }>(
    `insert into join_token (token_hash, name, labels, created_by, expires_at)
     values ($1, $2, $3, $4, clock_timestamp() + make_interval(secs => $5)) returning id, expires_at as "expiresAt"`,
    [token.tokenHash, token.name, JSON.stringify(token.labels), token.createdBy, token.livesMs / 1_000],
  );
  if (row === undefined) throw new Error('a join token was stored and is gone again');
  return row;
}

/** Newest first. */
export async function joinTokens(db: Queryable): Promise<JoinTokenRow[]> {
  return await db.query<JoinTokenRow>(
    `select t.id, t.name, t.labels, t.created_by as "createdBy", t.created_at as "createdAt",
       t.expires_at as "expiresAt", t.used_at as "usedAt", h.agent_id as "agentId",
       case when t.used_at is not null then 'used' when t.revoked_at is not null then 'revoked'
            when t.expires_at <= clock_timestamp() then 'expired' else 'open' end as state
     from join_token t left join host_identity h on h.join_token_id = t.id
     where t.expires_at > clock_timestamp() - make_interval(days => $1) order by t.created_at desc`,
    [LISTED_DAYS],
  );
}

/** Whether there was an open token of this id; who joined by a token stays. */
export async function revokeJoinToken(db: Queryable, id: string): Promise<boolean> {
  const rows = await db.query(
    `update join_token set revoked_at = clock_timestamp()
     where id = $1 and used_at is null and revoked_at is null returning 1`,
    [id],
  );
  return rows.length > 0;
}

export interface HostToJoin {
  readonly tokenHash: Buffer;
  readonly publicKey: string;
  /** Of a new identity. */
  readonly agentId: string;
  readonly hostName: string;
}

/**
 * Uses up a token for a key; null where the token is unknown, used, revoked or over. The same key may ask again within
 * the token's hour: its answer may have been lost.
 */
export async function joinByToken(
  db: Database,
  host: HostToJoin,
): Promise<{ readonly agentId: string; readonly name: string; readonly isNew: boolean } | null> {
  return db.transaction(async (tx) => {
    // The lock lets one of many at once through; the others then see it used.
    const [token] = await tx.query<{ id: string; name: string | null; labels: unknown; used: boolean }>(
      `select id, name, labels, used_at is not null as used from join_token
       where token_hash = $1 and revoked_at is null and expires_at > clock_timestamp() for update`,
      [host.tokenHash],
    );
    if (token === undefined) return null;
    if (token.used) {
      const [same] = await tx.query<{ agentId: string; name: string }>(
        `select agent_id as "agentId", name from host_identity
         where join_token_id = $1 and public_key = $2 and revoked_at is null`,
        [token.id, host.publicKey],
      );
      return same === undefined ? null : { ...same, isNew: false };
    }
    const name = token.name ?? host.hostName;
    const kept = await tx.query(
      `insert into host_identity (agent_id, public_key, name, labels, join_token_id)
       values ($1, $2, $3, $4, $5) on conflict do nothing returning 1`,
      [host.agentId, host.publicKey, name, JSON.stringify(token.labels), token.id],
    );
    // A key of another identity: nobody makes the same one by chance, so it is refused, and the token stays.
    if (kept.length === 0) return null;
    await tx.query('update join_token set used_at = clock_timestamp() where id = $1', [token.id]);
    return { agentId: host.agentId, name, isNew: true };
  });
}
