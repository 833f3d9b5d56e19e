import type { Queryable } from '../../database.ts';

/** A span as the plan opened it; times in milliseconds. */
export interface PlanRevisionRow {
  readonly span: number;
  readonly stream: string;
  readonly run: string;
  readonly agent: string;
  /** `name` of the destination, in a mesh `name/far agent`. */
  readonly destination: string;
  readonly probe: string;
  readonly startMs: number;
  readonly periodMs: number;
  readonly fromMs: number;
  readonly toMs: number | null;
}

/** Spans of a test after a span id, in the order in which they were opened. */
export async function planRevisions(
  db: Queryable,
  testUid: string,
  page: { readonly after: number; readonly limit: number },
): Promise<PlanRevisionRow[]> {
  return await db.query<PlanRevisionRow>(
    `select sp.id::float8 as span, sp.stream::text as stream, sp.run_id as run, a.name as agent,
       concat_ws('/', sp.destination, far.name) as destination, sp.probe,
       sp.start_ms::float8 as "startMs", sp.period_ms::float8 as "periodMs", sp.from_ms::float8 as "fromMs",
       sp.to_ms::float8 as "toMs"
     from span sp join agent a on a.id = sp.agent_id left join agent far on far.id = sp.endpoint
     where sp.test_uid = $1 and sp.id > $2 order by sp.id limit $3`,
    [testUid, page.after, page.limit],
  );
}
