import { type Database, openDatabase } from '@streamswarm/operator/store/database';
import { migrate } from '@streamswarm/operator/store/migrate';
import { pino } from 'pino';
import { startTestPostgres } from './postgres.ts';

/** A Postgres of its own with the tables of this version, and nothing in them. */
export interface TestStore {
  readonly db: Database;
  stop(): Promise<void>;
}

export async function startTestStore(): Promise<TestStore> {
  const logger = pino({ level: 'silent' });
  const postgres = await startTestPostgres();
  const db = openDatabase({ url: postgres.url, logger });
  await migrate(db, logger);
  return {
    db,
    async stop() {
      await db.close();
      await postgres.stop();
    },
  };
}
