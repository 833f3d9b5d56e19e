import type { StreamTest } from '@streamswarm/contract';
import type { Database } from '../store/database.ts';
import * as rows from '../store/queries/stream-tests.ts';
import type { StreamTestStore } from './stream-test-store.ts';

export interface PostgresStreamTests extends StreamTestStore {
  /** Calls back with the UID of each test that changed, at least once; '' is all of them. */
  watch(changed: (uid: string) => void): () => void;
}

/** StreamTests in Postgres: what the API, the CLI and the console create where there is no cluster. */
export function postgresStreamTests(db: Database): PostgresStreamTests {
  return {
    list: () => rows.listTests(db),
    get: (namespace, name) => rows.getTest(db, namespace, name),
    apply: (test: StreamTest, options) => rows.applyTest(db, test, options),
    remove: (namespace, name, actor) => rows.removeTest(db, namespace, name, actor),
    annotate: (namespace, name, annotations) => rows.annotateTest(db, namespace, name, annotations),
    setSuspend: (namespace, name, suspend, actor) =>
      rows.suspendTest(db, { namespace, name, suspend, actor }),
    watch: (changed) => db.listen(rows.TESTS_CHANNEL, changed),
  };
}
