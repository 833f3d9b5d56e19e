import type { Queryable } from '../../database.ts';

export interface StoredProbe {
  readonly name: string;
  readonly kind: string;
}

/** Every probe that a test has or once had. */
export async function storedProbes(db: Queryable, testUid: string): Promise<StoredProbe[]> {
  return await db.query<StoredProbe>(
    'select distinct probe as name, kind from span where test_uid = $1 order by probe, kind',
    [testUid],
  );
}
