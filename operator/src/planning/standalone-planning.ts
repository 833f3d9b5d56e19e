import type { Logger } from 'pino';
import { startRunsController } from '../controllers/runs/runs-controller.ts';
import type { Database } from '../store/database.ts';
import { planTest } from '../store/planning/plan-test.ts';
import { listPlannable } from '../store/queries/list-plannable.ts';
import { postgresStreamTests } from '../stream-tests/postgres-stream-tests.ts';
import type { Planning } from './planning.ts';

export interface StandalonePlanningOptions {
  readonly db: Database;
  readonly cluster: string;
  readonly logger: Logger;
}

/** StreamTests in Postgres: everything without a cluster. */
export function standalonePlanning({ db, cluster, logger }: StandalonePlanningOptions): Planning {
  const tests = postgresStreamTests(db);
  return {
    tests,
    lead({ epoch }) {
      const controller = startRunsController({
        plan: (uid) => planTest(db, { epoch, cluster, uid }),
        listUids: () => listPlannable(db),
        watchTests: tests.watch,
        remove: (namespace, name) => tests.remove(namespace, name, 'ttlAfterFinished'),
        logger,
      });
      return {
        planAll: () =>
          void controller
            .planAll()
            .catch((error: unknown) => logger.warn({ err: error }, 'cannot plan all tests')),
        stop: () => controller.stop(),
      };
    },
  };
}
