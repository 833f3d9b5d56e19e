import type { Queryable } from '../../database.ts';
import type { SteppedWindow } from '../results/selection.ts';

export interface SubmittedResult {
  readonly testId: number;
  readonly clientId: number;
  readonly atMs: number;
  readonly submittedBy: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export async function submitResult(db: Queryable, result: SubmittedResult): Promise<void> {
  const { testId, clientId, atMs, submittedBy, fields } = result;
  await db.query(
    `insert into guide_result (test_id, client_id, at, submitted_by, fields) values ($1, $2, $3, $4, $5)`,
    [testId, clientId, new Date(atMs).toISOString(), submittedBy, JSON.stringify(fields)],
  );
}

/** First and last submitted result of a test, and how many there are; null where there is none. */
export async function submittedExtent(
  db: Queryable,
  testId: number,
): Promise<{ readonly firstMs: number; readonly lastMs: number; readonly results: number } | null> {
  const [row] = await db.query<{ first: Date | null; last: Date | null; results: number }>(
    'select min(at) as first, max(at) as last, count(*)::int4 as results from guide_result where test_id = $1',
    [testId],
  );
  if (row?.first == null || row.last === null) return null;
  return { firstMs: row.first.getTime(), lastMs: row.last.getTime(), results: row.results };
}

/** Mean of a field in one step, of one client; `atMs` is the time of its first value there. */
export interface SubmittedPoint {
  readonly clientId: number;
  readonly field: string;
  readonly atMs: number;
  readonly value: number;
}

/** Numbers that were submitted for a test, one a client, field and step. */
export async function submittedPoints(
  db: Queryable,
  testId: number,
  { fields, window }: { readonly fields: readonly string[]; readonly window: SteppedWindow },
): Promise<SubmittedPoint[]> {
  return await db.query<SubmittedPoint>(
    `select r.client_id as "clientId", f.key as field,
       (extract(epoch from min(r.at)) * 1000)::float8 as "atMs",
       avg(case f.value when 'true' then 1 when 'false' then 0 else f.value::float8 end) as value
     from guide_result r cross join lateral jsonb_each(r.fields) as f(key, value)
     where r.test_id = $1 and f.key = any($2) and jsonb_typeof(f.value) in ('number', 'boolean')
       and r.at >= $3::timestamptz and r.at < $4::timestamptz
     group by 1, 2, date_bin($5::interval, r.at, $3::timestamptz)
     order by 3`,
    [
      testId,
      fields,
      new Date(window.fromMs).toISOString(),
      new Date(window.toMs).toISOString(),
      `${window.stepMs} milliseconds`,
    ],
  );
}

export interface SubmittedRow {
  readonly at: Date;
  readonly clientId: number;
  readonly client: string;
  readonly testId: number;
  readonly testUid: string;
  readonly submittedBy: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface SubmittedWish {
  readonly testId?: number;
  readonly clientId?: number;
  readonly limit: number;
}

/** Submitted results as they came, newest first. */
export async function submittedResults(db: Queryable, wish: SubmittedWish): Promise<SubmittedRow[]> {
  return await db.query<SubmittedRow>(
    `select r.at, r.client_id as "clientId", coalesce(a.name, c.hostname) as client, r.test_id as "testId",
       t.test_uid as "testUid", r.submitted_by as "submittedBy", r.fields
     from guide_result r
     join guide_test t on t.id = r.test_id
     join guide_client c on c.id = r.client_id left join agent a on a.id = c.agent_id
     where ($1::int4 is null or r.test_id = $1) and ($2::int4 is null or r.client_id = $2)
     order by r.at desc, r.id desc limit $3`,
    [wish.testId ?? null, wish.clientId ?? null, wish.limit],
  );
}
