import type { Transaction } from '../database.ts';
import { writeEvent } from '../queries/write-event.ts';
import type { MirrorStep } from './decide-mirror.ts';
import type { TestRow } from './plan-state.ts';

/** Makes the stored copy of a test follow the API server; whoever has its name must be marked as deleted before. */
export async function storeMirror(tx: Transaction, step: MirrorStep, before: TestRow | null): Promise<void> {
  if (step.kind === 'delete' && before !== null) {
    await tx.query('update stream_test set deleted_at = clock_timestamp() where uid = $1', [before.uid]);
    await tell(tx, before, 'TestDeleted', 'deleted in the cluster; its results stay');
  }
  if (step.kind !== 'store') return;
  const { wish, change } = step;
  await tx.query(
    `insert into stream_test (uid, namespace, name, generation, resource_version, spec, labels, annotations, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, to_timestamp($9::float8 / 1000))
     on conflict (uid) do update
       set namespace = excluded.namespace, name = excluded.name, generation = excluded.generation,
           resource_version = excluded.resource_version, spec = excluded.spec, labels = excluded.labels,
           annotations = excluded.annotations, updated_at = clock_timestamp(), deleted_at = null`,
    [
      wish.uid,
      wish.namespace,
      wish.name,
      wish.generation,
      wish.resourceVersion,
      JSON.stringify(wish.spec),
      JSON.stringify(wish.labels),
      JSON.stringify(wish.annotations),
      wish.createdMs,
    ],
  );
  if (change !== 'other') await tell(tx, wish, ...WORDS[change]);
}

const WORDS: Readonly<Record<'new' | 'spec' | 'revived', readonly [reason: string, message: string]>> = {
  new: ['TestCreated', 'created in the cluster'],
  spec: ['TestChanged', 'changed in the cluster'],
  revived: ['TestCreated', 'still in the cluster after all'],
};

async function tell(
  tx: Transaction,
  test: { namespace: string; name: string },
  reason: string,
  message: string,
): Promise<void> {
  await writeEvent(tx, { kind: 'test', reason, message, namespace: test.namespace, test: test.name });
}
