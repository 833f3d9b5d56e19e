import type pg from 'pg';
import type { PrismaClient } from './generated/client.ts';

export interface LazyPrisma {
  client(): Promise<PrismaClient>;
  close(): Promise<void>;
}

/**
 * Prisma's own limits of 2 s and 5 s would fail what only waits its turn. Who meets these waits for a Postgres that
 * does not answer (../unavailable.ts).
 */
const LIMITS_MS = { maxWait: 10_000, timeout: 30_000 };

/**
 * Prisma over connections of `pool`, loaded the first time that it is asked for: it would make every start slower and
 * larger, and one that nobody logs in to may never need it.
 */
export function lazyPrisma(pool: pg.Pool): LazyPrisma {
  let loading: Promise<PrismaClient> | undefined;
  return {
    client() {
      loading ??= load(pool);
      return loading;
    },
    async close() {
      await (await loading)?.$disconnect();
    },
  };
}

async function load(pool: pg.Pool): Promise<PrismaClient> {
  const [{ PrismaPg }, { PrismaClient }] = await Promise.all([
    import('@prisma/adapter-pg'),
    import('./generated/client.ts'),
  ]);
  // Its longer formats of an error tell what was asked with: hashes of passwords would stand in the log.
  return new PrismaClient({
    adapter: new PrismaPg(pool),
    errorFormat: 'minimal',
    transactionOptions: LIMITS_MS,
  });
}
