'use client';

import type { EventView } from '@streamswarm/contract/wire/views';
import Link from 'next/link';
import { clockTimeOn } from '../../format/time.ts';
import { agentHref } from '../../url/agent-href.ts';
import { classes } from '../state/class-names.ts';
import { useNow } from '../state/use-now.ts';
import css from './events.module.css';

/** What happened, newest first: when, to whom, what. */
export function EventRows({ events }: { readonly events: readonly EventView[] }) {
  const now = useNow();
  return (
    <ol className={css['events']}>
      {events.map((event) => (
        <li key={event.id} className={css['event']}>
          <time dateTime={event.at} title={event.at}>
            {clockTimeOn(Date.parse(event.at), now)}
          </time>
          <div>
            <Subject event={event} /> <span className={css['kind']}>{reasonText(event.reason)}</span>
            <p className={classes(event.warning && css['warning'])}>{event.message}</p>
          </div>
        </li>
      ))}
    </ol>
  );
}

function Subject({ event }: { readonly event: EventView }) {
  if (event.test !== null && event.namespace !== null) {
    return (
      <Link href={`/tests/view/?test=${event.namespace}/${event.test}`}>
        <b>{event.test}</b>
      </Link>
    );
  }
  if (event.agent !== null) {
    return (
      <Link href={agentHref(event.agent)}>
        <b>{event.agent}</b>
      </Link>
    );
  }
  return <b>{event.kind}</b>;
}

/** RunStarted -> run started */
function reasonText(reason: string): string {
  return reason.replace(/(?<=[a-z0-9])([A-Z])/g, ' $1').toLowerCase();
}
