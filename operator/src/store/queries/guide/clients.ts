import { reachableAddress } from '../../../domain/assignments/reachable-address.ts';
import type { Queryable } from '../../database.ts';

/** A client in the guide's sense: an agent, or a script that registered itself. */
export interface GuideClient {
  readonly id: number;
  /** Null: a script. */
  readonly agentId: string | null;
  readonly hostname: string;
  readonly ipAddress: string | null;
  readonly systemInfo: unknown;
  readonly registeredAt: Date;
  /** When it was last heard of. */
  readonly lastSeen: Date;
  /** Whether its agent is online; null for a script. */
  readonly agentOnline: boolean | null;
}

export interface ClientsWish {
  /** Those that were taken away, too: what they measured and submitted has their name. */
  readonly gone?: boolean;
}

type Row = GuideClient & { readonly addresses: string[] | null; readonly told: string | null };

const CLIENTS = `select c.id, c.agent_id as "agentId", coalesce(a.name, c.hostname) as hostname,
    a.address as "ipAddress", a.addresses, c.ip_address as told,
    coalesce(a.platform, c.system_info) as "systemInfo",
    coalesce(a.first_seen, c.registered_at) as "registeredAt",
    coalesce(a.last_seen, c.last_heartbeat_at, c.registered_at) as "lastSeen", a.online as "agentOnline"
  from guide_client c left join agent a on a.id = c.agent_id
  where ($1 or (c.removed_at is null and a.gone_at is null)) and ($2::int4 is null or c.id = $2)
  order by c.id`;

/** By number. */
export async function guideClients(
  db: Queryable,
  { gone = false }: ClientsWish = {},
): Promise<GuideClient[]> {
  return (await db.query<Row>(CLIENTS, [gone, null])).map(clientOf);
}

/** Null where there is none, or it was taken away. */
export async function guideClient(db: Queryable, id: number): Promise<GuideClient | null> {
  const [row] = await db.query<Row>(CLIENTS, [false, id]);
  return row === undefined ? null : clientOf(row);
}

function clientOf({ addresses, told, ...client }: Row): GuideClient {
  const own = addresses === null ? null : reachableAddress(addresses);
  return { ...client, ipAddress: client.ipAddress ?? own ?? told };
}

export interface Registration {
  readonly hostname: string;
  readonly ipAddress: string;
  readonly systemInfo: unknown;
}

/**
 * The number of a client: that of the agent of this name where there is one, else that of the script. What a script
 * says of an agent changes nothing: that is measured.
 */
export async function registerClient(
  db: Queryable,
  { hostname, ipAddress, systemInfo }: Registration,
): Promise<number> {
  const info = systemInfo === undefined ? null : JSON.stringify(systemInfo);
  const [agent] = await db.query<{ id: number }>(
    `update guide_client c set last_heartbeat_at = clock_timestamp(), removed_at = null
     from agent a where a.id = c.agent_id and a.name = $1 and a.gone_at is null returning c.id`,
    [hostname],
  );
  if (agent !== undefined) return agent.id;
  const [row] = await db.query<{ id: number }>(
    `insert into guide_client (hostname, ip_address, system_info, last_heartbeat_at)
     values ($1, $2, $3, clock_timestamp())
     on conflict (hostname) where agent_id is null and removed_at is null
     do update set ip_address = excluded.ip_address, last_heartbeat_at = excluded.last_heartbeat_at,
       system_info = coalesce(excluded.system_info, guide_client.system_info)
     returning id`,
    [hostname, ipAddress, info],
  );
  if (row === undefined) throw new Error('a client was registered and is gone again');
  return row.id;
}

/** False where there is no such client. */
export async function keepAlive(db: Queryable, id: number): Promise<boolean> {
  const rows = await db.query(
    'update guide_client set last_heartbeat_at = clock_timestamp() where id = $1 and removed_at is null returning id',
    [id],
  );
  return rows.length > 0;
}

/** Its results stay. False where there is no such client. */
export async function removeClient(db: Queryable, id: number): Promise<boolean> {
  const rows = await db.query(
    'update guide_client set removed_at = clock_timestamp() where id = $1 and removed_at is null returning id',
    [id],
  );
  return rows.length > 0;
}
