import type { EventView } from '@streamswarm/contract';
import type { Queryable } from '../database.ts';

export interface EventFilter {
  /** Only events with a greater id. */
  readonly since?: number;
  readonly limit: number;
  readonly namespace?: string;
  readonly test?: string;
  readonly agent?: string;
}

export type EventRow = Omit<EventView, 'at'> & { readonly at: Date };

/** Events, newest first. */
export async function events(db: Queryable, filter: EventFilter): Promise<EventRow[]> {
  return await db.query<EventRow>(
    `select id::float8 as id, at, kind, reason, message, namespace, test, agent, warning from event
     where ($1::int8 is null or id > $1) and ($2::text is null or namespace = $2) and ($3::text is null or test = $3)
       and ($4::text is null or agent = $4)
     order by at desc, id desc limit $5`,
    [filter.since ?? null, filter.namespace ?? null, filter.test ?? null, filter.agent ?? null, filter.limit],
  );
}
