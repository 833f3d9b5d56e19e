import type { Assignment, PlannedSpan } from '@streamswarm/contract';
import type { Database } from '../database.ts';

export interface AgentPlan {
  readonly revision: number;
  readonly assignments: readonly Assignment[];
}

interface Row {
  revision: number;
  uid: string | null;
  namespace: string;
  test: string;
  spanRevision: number;
  planned: PlannedSpan;
}

/** As in the index span_of_agent, which finds these spans among all that an agent ever had. */
const ENDLESS_MS = '8000000000000000000';

/**
 * All that an agent has to do, and every closed stream that it has not accounted for yet, in one statement: one
 * snapshot, so the revision says exactly how far the plan is whole.
 */
export async function planOfAgent(db: Database, agentId: string): Promise<AgentPlan> {
  const rows = await db.query<Row>(
    `select leadership.revision::float8 as revision, test_uid as uid, namespace, stream_test.name as test,
            span.revision::float8 as "spanRevision",
            json_build_object('span', span.id, 'stream', stream::text, 'probe', probe, 'kind', kind, 'options', options,
              'target', target, 'startMs', start_ms, 'periodMs', period_ms, 'offsetMs', offset_ms, 'fromMs', from_ms,
              'toMs', to_ms) as planned
     from leadership
     left join (
       span join stream_test on stream_test.uid = span.test_uid
     ) on agent_id = $1 and coalesce(to_ms, ${ENDLESS_MS}) + 3 * period_ms
          > coalesce((select through_ms from agent_word where agent_id = $1), 0)
     order by span.id`,
    [agentId],
  );
  const assignments = new Map<string, Assignment>();
  for (const row of rows) {
    if (row.uid === null) continue;
    const known = assignments.get(row.uid) ?? {
      id: row.uid,
      revision: 0,
      namespace: row.namespace,
      test: row.test,
      spans: [],
    };
    known.revision = Math.max(known.revision, row.spanRevision);
    known.spans.push(row.planned);
    assignments.set(row.uid, known);
  }
  return { revision: rows[0]?.revision ?? 0, assignments: [...assignments.values()] };
}
