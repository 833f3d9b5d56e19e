import pg from 'pg';
import type { Logger } from 'pino';
import { type Connection, verifiedConnection } from './connection/verified-connection.ts';
import type { PrismaClient } from './prisma/generated/client.ts';
import { lazyPrisma } from './prisma/lazy-prisma.ts';

/** What queries need of a connection: a transaction and the pool both are one. */
export interface Queryable {
  query<Row>(text: string, values?: readonly unknown[], options?: QueryOptions): Promise<Row[]>;
}

export interface QueryOptions {
  /** Postgres parses the text once a connection, under this name: for what is asked all the time. */
  readonly name?: string;
}

/** A connection inside one transaction. `client` is for COPY, which has no other way in. */
export interface Transaction extends Queryable {
  readonly client: pg.PoolClient;
}

export interface Database extends Queryable {
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Prisma on the same pool, for what is asked seldom (docs/adr/0016). Its first use takes some tenths of a second. */
  prisma(): Promise<PrismaClient>;
  /** LISTEN on a channel for the life of the database; survives lost connections, and then calls with ''. */
  listen(channel: string, handler: (payload: string) => void): () => void;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  readonly url: string;
  /** PEM of the authority that signed the server's certificate: the connection is verified by it alone. */
  readonly ca?: string | undefined;
  readonly logger: Logger;
  readonly maxConnections?: number;
}

const RELISTEN_MS = 500;

/** A pool of connections to Postgres. int8 is read as text: cast to float8 where a number is wanted. */
export function openDatabase({ url, ca, logger, maxConnections = 10 }: DatabaseOptions): Database {
  const connection = verifiedConnection(url, ca);
  const pool = new pg.Pool({
    ...connection,
    max: maxConnections,
    application_name: 'streamswarm',
    // A named statement is parsed once, yet planned for its values and for tables as they are now: a plan that was
    // made while they were empty would read them whole for a long time. A result sorts up to 60,000 rows with their
    // histograms: in memory, not on disk. Prisma's adapter writes and reads times without a zone, as those of UTC.
    // The pool waits for the promise.
    onConnect: async (client) => {
      await client.query(
        "set plan_cache_mode = force_custom_plan; set work_mem = '32MB'; set timezone = 'UTC'",
      );
    },
  });
  // An idle connection that breaks is replaced by the next query; without a handler it would end the process.
  pool.on('error', (error) => logger.warn({ err: error }, 'lost an idle connection to Postgres'));
  const listener = startListener(connection, logger);
  const prisma = lazyPrisma(pool);
  return {
    query: async <Row>(text: string, values: readonly unknown[] = [], options: QueryOptions = {}) =>
      (await pool.query({ ...options, text, values: [...values] })).rows as Row[],
    async transaction(work) {
      const client = await pool.connect();
      let broken: Error | undefined;
      const lost = (error: Error): void => {
        broken = error;
      };
      client.on('error', lost);
      try {
        await client.query('begin');
        const query = async <Row>(
          text: string,
          values: readonly unknown[] = [],
          options: QueryOptions = {},
        ) => (await client.query({ ...options, text, values: [...values] })).rows as Row[];
        const result = await work({ client, query });
        await client.query('commit');
        return result;
      } catch (error) {
        await client.query('rollback').catch((failure: Error) => {
          broken = failure;
        });
        throw error;
      } finally {
        client.off('error', lost);
        client.release(broken);
      }
    },
    prisma: prisma.client,
    listen: listener.listen,
    async close() {
      await listener.close();
      await prisma.close();
      await pool.end();
    },
  };
}

/** One connection that listens for all channels and comes back after each loss. */
function startListener(connection: Connection, logger: Logger) {
  const handlers = new Map<string, Set<(payload: string) => void>>();
  let client: pg.Client | null = null;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;

  const again = (): void => {
    if (closed) return;
    clearTimeout(timer);
    timer = setTimeout(() => void connect(), RELISTEN_MS);
  };

  const connect = async (): Promise<void> => {
    const next = new pg.Client({ ...connection, application_name: 'streamswarm listen' });
    next.on('error', () => undefined);
    next.on('end', () => {
      if (client === next) client = null;
      again();
    });
    next.on('notification', ({ channel, payload }) => {
      for (const handler of handlers.get(channel) ?? []) handler(payload ?? '');
    });
    try {
      await next.connect();
      client = next;
      for (const [channel, set] of handlers) {
        await next.query(`listen ${pg.escapeIdentifier(channel)}`);
        // Whatever was said while nobody listened is unknown: the empty payload means "look again".
        for (const handler of set) handler('');
      }
    } catch (error) {
      logger.debug({ err: error }, 'cannot listen to Postgres yet');
      await next.end().catch(() => undefined);
      again();
    }
  };

  return {
    listen(channel: string, handler: (payload: string) => void) {
      const set = handlers.get(channel) ?? new Set();
      handlers.set(channel, set.add(handler));
      if (client !== null) void client.query(`listen ${pg.escapeIdentifier(channel)}`).catch(() => undefined);
      else if (handlers.size === 1 && set.size === 1) void connect();
      return () => void set.delete(handler);
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await client?.end().catch(() => undefined);
    },
  };
}

/** Postgres's clock, by which everything is planned: whole milliseconds since the epoch. */
export async function clockMs(db: Queryable): Promise<number> {
  const [row] = await db.query<{ now: number }>(
    'select floor(extract(epoch from clock_timestamp()) * 1000)::float8 as now',
  );
  if (row === undefined) throw new Error('Postgres gave no time');
  return row.now;
}
