import type { EVENT_KINDS } from '@streamswarm/contract';
import type { Queryable } from '../database.ts';

export interface NewEvent {
  readonly kind: (typeof EVENT_KINDS)[number];
  /** Constant word for programs. */
  readonly reason: string;
  /** For people. */
  readonly message: string;
  readonly namespace?: string;
  readonly test?: string;
  readonly agent?: string;
  readonly warning?: boolean;
}

export async function writeEvent(db: Queryable, event: NewEvent): Promise<void> {
  await db.query(
    `with written as (
       insert into event (kind, reason, message, namespace, test, agent, warning) values ($1, $2, $3, $4, $5, $6, $7)
     )
     select pg_notify('streamswarm_live', '{"entity":"events","key":null}')`,
    [
      event.kind,
      event.reason,
      event.message,
      event.namespace ?? null,
      event.test ?? null,
      event.agent ?? null,
      event.warning ?? false,
    ],
  );
}

/** The same for several at once. */
export async function writeEvents(db: Queryable, events: readonly NewEvent[]): Promise<void> {
  for (const event of events) await writeEvent(db, event);
}
