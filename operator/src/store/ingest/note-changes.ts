import type { Queryable } from '../database.ts';
import type { Change } from './fold-batch.ts';

/** Servers that differ behind one name, and paths that swing, would fill the list: one of a kind in this time. */
const QUIET = '1 hour';

/** Changes as events of their tests, each at the time at which its slot was due. */
export async function noteChanges(tx: Queryable, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return;
  await tx.query(
    `with change as (
       select to_timestamp(due_ms / 1000) as at, reason, per_agent, t.namespace, t.name as test, a.name as agent,
              concat_ws('/', nullif(sp.destination, ''), far.name) || ': ' || words as message
       from unnest($1::int8[], $2::float8[], $3::text[], $4::text[], $5::bool[])
              as c (span_id, due_ms, reason, words, per_agent)
       join span sp on sp.id = c.span_id
       join stream_test t on t.uid = sp.test_uid
       join agent a on a.id = sp.agent_id
       left join agent far on far.id = nullif(sp.endpoint, '')
     ), first as (
       select distinct on (namespace, test, reason, message, agent) * from change
       order by namespace, test, reason, message, agent, at
     ), written as (
       insert into event (at, kind, reason, message, namespace, test, agent)
       select at, 'test', reason, message, namespace, test, agent from first
       where not exists (
         select 1 from event e
         where e.namespace = first.namespace and e.test = first.test and e.reason = first.reason
           and e.message = first.message and (e.agent = first.agent or not first.per_agent)
           and e.at > first.at - interval '${QUIET}' and e.at < first.at + interval '${QUIET}'
       )
       returning 1
     )
     select pg_notify('streamswarm_live', '{"entity":"events","key":null}') from written limit 1`,
    [
      changes.map(({ spanId }) => spanId),
      changes.map(({ dueMs }) => dueMs),
      changes.map(({ event }) => event.reason),
      changes.map(({ event }) => event.words),
      changes.map(({ event }) => event.perAgent),
    ],
  );
}
