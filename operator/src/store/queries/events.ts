import type { EventView } from '@streamswarm/contract';
import type { Queryable } from '../database.ts';

export interface EventFilter {
  /** Only events with a greater id. */
  readonly since?: number;
  readonly limit: number;
  readonly namespace?: string;
  readonly test?: string;
  readonly agent?: string;
  /** Begin included, end not. */
  readonly fromMs?: number;
  readonly toMs?: number;
  /** Uid of a test: what happened to the agents that measured it belongs to it, too. */
  readonly withAgentsOf?: string;
}

export type EventRow = Omit<EventView, 'at'> & { readonly at: Date };

/** Events, newest first. */
export async function events(db: Queryable, filter: EventFilter): Promise<EventRow[]> {
  const { since, namespace, test, agent, fromMs, toMs, withAgentsOf } = filter;
  return await db.query<EventRow>(
    `select id::float8 as id, at, kind, reason, message, namespace, test, agent, warning from event
     where ($1::int8 is null or id > $1)
       and (($2::text is null or namespace = $2) and ($3::text is null or test = $3)
            or kind = 'agent' and agent in (select a.name from span sp join agent a on a.id = sp.agent_id
                                            where sp.test_uid = $8::uuid))
       and ($4::text is null or agent = $4)
       and ($6::float8 is null or at >= to_timestamp($6 / 1000)) and ($7::float8 is null or at < to_timestamp($7 / 1000))
     order by at desc, id desc limit $5`,
    [
      since ?? null,
      namespace ?? null,
      test ?? null,
      agent ?? null,
      filter.limit,
      fromMs ?? null,
      toMs ?? null,
      withAgentsOf ?? null,
    ],
  );
}
