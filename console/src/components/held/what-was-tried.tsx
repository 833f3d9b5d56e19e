'use client';

import { useConnection } from '../../api/connection.ts';
import { clockTimeOn } from '../../format/time.ts';
import events from '../events/events.module.css';
import panel from '../panel/panel.module.css';
import { useNow } from '../state/use-now.ts';

/** The requests that failed since the operator fell silent, newest first; nothing while it answers. */
export function WhatWasTried() {
  const { attempts, clockOffsetMs } = useConnection();
  const now = useNow();
  if (attempts.length === 0) return null;
  return (
    <section className={panel['panel']} aria-label="What the console tried">
      <header className={panel['head']}>
        <h2>What the console tried</h2>
      </header>
      <ol className={events['events']}>
        {attempts.map(({ atMs, what, outcome }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two of one kind can fail in the same millisecond
          <li key={place} className={events['event']}>
            <time dateTime={new Date(atMs).toISOString()}>{clockTimeOn(atMs + clockOffsetMs, now)}</time>
            <div>
              <b>{what}</b>
              <p className={events['warning']}>{outcome}</p>
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
