import { isDeepStrictEqual } from 'node:util';
import { API_VERSION, STREAM_TEST_KIND, type StreamTest, type StreamTestSpec } from '@streamswarm/contract';
import type { ApplyOptions, ApplyResult, StoredTest } from '../../stream-tests/stream-test-store.ts';
import type { Database, Queryable, Transaction } from '../database.ts';
import { writeEvent } from './write-event.ts';

export const TESTS_CHANNEL = 'streamswarm_tests';

interface Row {
  uid: string;
  namespace: string;
  name: string;
  generation: number;
  resourceVersion: string;
  spec: StreamTestSpec;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  createdMs: number;
  deletedMs: number | null;
}

const COLUMNS = `uid, namespace, name, generation, resource_version::text as "resourceVersion", spec, labels, annotations,
  (extract(epoch from created_at) * 1000)::float8 as "createdMs",
  (extract(epoch from deleted_at) * 1000)::float8 as "deletedMs"`;

export async function listTests(db: Queryable): Promise<StoredTest[]> {
  const rows = await db.query<Row>(
    `select ${COLUMNS} from stream_test where deleted_at is null order by namespace, name`,
  );
  return rows.map(stored);
}

export async function getTest(db: Queryable, namespace: string, name: string): Promise<StoredTest | null> {
  const [row] = await db.query<Row>(
    `select ${COLUMNS} from stream_test where namespace = $1 and name = $2 and deleted_at is null`,
    [namespace, name],
  );
  return row === undefined ? null : stored(row);
}

export async function applyTest(
  db: Database,
  test: StreamTest,
  { mode, actor }: ApplyOptions,
): Promise<ApplyResult> {
  const namespace = test.metadata.namespace ?? 'default';
  const { name, labels = {}, annotations = {} } = test.metadata;
  return db.transaction(async (tx): Promise<ApplyResult> => {
    // Two creates of one name at once: the second waits here and finds the first.
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 11))', [`${namespace}/${name}`]);
    const before = await getTest(tx, namespace, name);
    if (before === null) {
      const row = await one(
        tx,
        `insert into stream_test (namespace, name, spec, labels, annotations) values ($1, $2, $3, $4, $5) returning ${COLUMNS}`,
        [namespace, name, JSON.stringify(test.spec), JSON.stringify(labels), JSON.stringify(annotations)],
      );
      await tell(tx, row, 'TestCreated', `created by ${actor}`);
      return { test: stored(row), result: 'created' };
    }
    if (mode === 'create') return { conflict: `the test ${namespace}/${name} exists` };
    // Annotations that an apply does not name stay: run-now and stop-now belong to others.
    const after = {
      spec: test.spec,
      labels,
      annotations: { ...before.manifest.metadata.annotations, ...annotations },
    };
    const sameSpec = isDeepStrictEqual(before.manifest.spec, after.spec);
    const same =
      sameSpec &&
      isDeepStrictEqual(before.manifest.metadata.labels ?? {}, after.labels) &&
      isDeepStrictEqual(before.manifest.metadata.annotations ?? {}, after.annotations);
    if (same) return { test: before, result: 'unchanged' };
    const row = await one(
      tx,
      `update stream_test set spec = $2, labels = $3, annotations = $4, updated_at = now(),
              resource_version = resource_version + 1, generation = generation + $5
       where uid = $1 returning ${COLUMNS}`,
      [
        before.uid,
        JSON.stringify(after.spec),
        JSON.stringify(after.labels),
        JSON.stringify(after.annotations),
        sameSpec ? 0 : 1,
      ],
    );
    await tell(tx, row, 'TestChanged', `changed by ${actor}`);
    return { test: stored(row), result: 'configured' };
  });
}

export async function removeTest(
  db: Database,
  namespace: string,
  name: string,
  actor: string,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [row] = await tx.query<Row>(
      `update stream_test set deleted_at = clock_timestamp(), resource_version = resource_version + 1
       where namespace = $1 and name = $2 and deleted_at is null returning ${COLUMNS}`,
      [namespace, name],
    );
    if (row !== undefined) await tell(tx, row, 'TestDeleted', `deleted by ${actor}; its results stay`);
    return row !== undefined;
  });
}

export async function annotateTest(
  db: Database,
  namespace: string,
  name: string,
  annotations: Record<string, string | null>,
): Promise<StoredTest | null> {
  const set = Object.fromEntries(Object.entries(annotations).filter(([, value]) => value !== null));
  const unset = Object.keys(annotations).filter((key) => annotations[key] === null);
  return db.transaction(async (tx) => {
    const [row] = await tx.query<Row>(
      `update stream_test set annotations = (annotations || $3) - $4::text[], resource_version = resource_version + 1
       where namespace = $1 and name = $2 and deleted_at is null returning ${COLUMNS}`,
      [namespace, name, JSON.stringify(set), unset],
    );
    if (row === undefined) return null;
    await tx.query('select pg_notify($1, $2)', [TESTS_CHANNEL, row.uid]);
    return stored(row);
  });
}

export async function suspendTest(
  db: Database,
  { namespace, name, suspend, actor }: { namespace: string; name: string; suspend: boolean; actor: string },
): Promise<StoredTest | null> {
  return db.transaction(async (tx) => {
    const [row] = await tx.query<Row>(
      `update stream_test set spec = spec || jsonb_build_object('suspend', $3::boolean), updated_at = now(),
              resource_version = resource_version + 1, generation = generation + 1
       where namespace = $1 and name = $2 and deleted_at is null
         and coalesce((spec ->> 'suspend')::boolean, false) <> $3 returning ${COLUMNS}`,
      [namespace, name, suspend],
    );
    if (row === undefined) return getTest(tx, namespace, name);
    await tell(
      tx,
      row,
      suspend ? 'TestSuspended' : 'TestResumed',
      `${suspend ? 'suspended' : 'resumed'} by ${actor}`,
    );
    return stored(row);
  });
}

async function one(tx: Transaction, text: string, values: readonly unknown[]): Promise<Row> {
  const [row] = await tx.query<Row>(text, values);
  if (row === undefined) throw new Error('a test was not stored');
  return row;
}

async function tell(tx: Transaction, row: Row, reason: string, message: string): Promise<void> {
  await writeEvent(tx, { kind: 'test', reason, message, namespace: row.namespace, test: row.name });
  await tx.query('select pg_notify($1, $2)', [TESTS_CHANNEL, row.uid]);
  await tx.query('select pg_notify($1, $2)', [
    'streamswarm_live',
    JSON.stringify({ entity: 'tests', key: `${row.namespace}/${row.name}` }),
  ]);
}

function stored(row: Row): StoredTest {
  const { labels, annotations } = row;
  return {
    uid: row.uid,
    namespace: row.namespace,
    name: row.name,
    generation: row.generation,
    resourceVersion: row.resourceVersion,
    createdMs: row.createdMs,
    deletedMs: row.deletedMs,
    manifest: {
      apiVersion: API_VERSION,
      kind: STREAM_TEST_KIND,
      metadata: {
        name: row.name,
        namespace: row.namespace,
        ...(Object.keys(labels).length > 0 ? { labels } : {}),
        ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
      },
      spec: row.spec,
    },
  };
}
