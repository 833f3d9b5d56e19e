import type { Role } from '@streamswarm/contract';
import type { Queryable } from '../../database.ts';

export interface ApiTokenRow {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly state: 'good' | 'expired';
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly lastUsedAt: Date | null;
}

/** Newest first. */
export async function apiTokens(db: Queryable): Promise<ApiTokenRow[]> {
  return await db.query<ApiTokenRow>(
    `select id, name, role, case when expires_at > clock_timestamp() then 'good' else 'expired' end as state,
       created_by as "createdBy", created_at as "createdAt", expires_at as "expiresAt", last_used_at as "lastUsedAt"
     from api_token order by created_at desc`,
  );
}

export interface ApiTokenToKeep {
  readonly name: string;
  readonly role: Role;
  readonly tokenHash: Buffer;
  readonly createdBy: string;
  readonly livesDays: number;
}

export async function keepApiToken(
  db: Queryable,
  token: ApiTokenToKeep,
): Promise<{ readonly id: string; readonly expiresAt: Date }> {
  const [row] = await db.query<{ id: string; expiresAt: Date }>(
    `insert into api_token (name, role, token_hash, created_by, expires_at)
     values ($1, $2, $3, $4, clock_timestamp() + make_interval(days => $5))
     returning id, expires_at as "expiresAt"`,
    [token.name, token.role, token.tokenHash, token.createdBy, token.livesDays],
  );
  if (row === undefined) throw new Error('an API token was stored and is gone again');
  return row;
}

/** Its name, or null where there is none. */
export async function deleteApiToken(db: Queryable, id: string): Promise<string | null> {
  const [row] = await db.query<{ name: string }>('delete from api_token where id = $1 returning name', [id]);
  return row?.name ?? null;
}

export interface TokenHolder {
  readonly tokenId: string;
  readonly name: string;
  readonly role: Role;
}

const TOUCH_SECONDS = 60;

/** Whose a token is; null where it is unknown or over. */
export async function apiTokenHolder(db: Queryable, tokenHash: Buffer): Promise<TokenHolder | null> {
  const [row] = await db.query<TokenHolder & { stale: boolean }>(
    `select id as "tokenId", name, role,
       coalesce(last_used_at < clock_timestamp() - make_interval(secs => $2), true) as stale
     from api_token where token_hash = $1 and expires_at > clock_timestamp()`,
    [tokenHash, TOUCH_SECONDS],
    { name: 'api-token-holder' },
  );
  if (row === undefined) return null;
  if (row.stale)
    await db.query('update api_token set last_used_at = clock_timestamp() where id = $1', [row.tokenId]);
  return { tokenId: row.tokenId, name: row.name, role: row.role };
}
