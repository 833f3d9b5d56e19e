import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type { Logger } from 'pino';
import type { Database } from './database.ts';
import { createProbeTables } from './tables/create-tables.ts';

const MIGRATIONS = new URL('./migrations/', import.meta.url);
/** Any number that nobody else locks: "swarm". */
const LOCK = 0x7377_6172;

/**
 * Brings the schema up to date: each file once and in the order of its name, each in a transaction of its own
 * under one advisory lock, so that a start that was killed is completed by the next one and two starts do not
 * meet. Returns the names applied now.
 */
export async function migrate(db: Database, logger: Logger): Promise<string[]> {
  const files = (await readdir(MIGRATIONS)).filter((file) => file.endsWith('.sql')).sort();
  await db.query(
    'create table if not exists schema_migration (name text primary key, applied_at timestamptz not null default now())',
  );
  const applied: string[] = [];
  for (const file of files) {
    const isNew = await db.transaction(async (tx) => {
      await tx.query('select pg_advisory_xact_lock($1)', [LOCK]);
      const known = await tx.query('select 1 from schema_migration where name = $1', [file]);
      if (known.length > 0) return false;
      await tx.query(await readFile(new URL(file, MIGRATIONS), 'utf8'));
      await tx.query('insert into schema_migration (name) values ($1)', [file]);
      return true;
    });
    if (isNew) {
      applied.push(file);
      logger.info({ migration: file }, 'migration applied');
    }
  }
  await db.transaction(async (tx) => {
    await tx.query('select pg_advisory_xact_lock($1)', [LOCK]);
    await createProbeTables(tx);
  });
  return applied;
}

/** The database has the results of another cluster, whose streams this one must not mix with its own. */
export class WrongCluster extends Error {
  constructor(stored: string, wished: string) {
    super(
      `This database belongs to cluster ${stored}, and this operator runs in cluster ${wished} (the UID of its kube-system namespace). ` +
        'Give the operator a database of its own, or move this database together with its cluster: its results are filed under the id of that cluster.',
    );
  }
}

/**
 * Id of the cluster, which is part of every stream key. `wished` is what it must be: the UID of kube-system in a
 * cluster, absent elsewhere. The first start decides; throws WrongCluster where an earlier one decided otherwise.
 */
export async function clusterId(db: Database, wished?: string): Promise<string> {
  return db.transaction(async (tx) => {
    await tx.query('select pg_advisory_xact_lock($1)', [LOCK]);
    const [row] = await tx.query<{ id: string }>('select id from cluster');
    if (row !== undefined && wished !== undefined && row.id !== wished)
      throw new WrongCluster(row.id, wished);
    if (row !== undefined) return row.id;
    const id = wished ?? randomUUID();
    await tx.query('insert into cluster (id) values ($1)', [id]);
    return id;
  });
}
