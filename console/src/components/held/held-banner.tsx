'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useConnection } from '../../api/connection.ts';
import { clockTime } from '../../format/time.ts';
import { Button } from '../shell/button.tsx';
import { useHeldAt, useNow } from '../state/use-now.ts';
import { copyReport } from './copy-report.ts';
import css from './held-banner.module.css';
import { HeldFacts } from './held-facts.tsx';

/** What is known, what is safe and what happens next, while the operator does not answer. */
export function HeldBanner() {
  const connection = useConnection();
  const client = useQueryClient();
  const heldAt = useHeldAt();
  const now = useNow();
  if (connection.failingSinceMs === null || heldAt === null) return null;
  const since = clockTime(connection.failingSinceMs + connection.clockOffsetMs);
  const nextMs = connection.nextTryMs === null ? 0 : connection.nextTryMs + connection.clockOffsetMs - now;
  const database = connection.reason?.includes('database') === true;
  return (
    <>
      <section className={css['banner']} role="alert">
        <div>
          <h2>
            {database
              ? `The operator cannot reach its database since ${since}`
              : `The operator does not answer since ${since}`}
          </h2>
          <p>You see the state of {clockTime(heldAt)}. Newer values are not known, so they are not drawn.</p>
        </div>
        <dl>
          <dt>Next try</dt>
          <dd>
            {nextMs > 500 ? `in ${Math.ceil(nextMs / 1_000)}\u00a0s` : 'now'}, the{' '}
            {ordinal(connection.tries + 1)}
          </dd>
        </dl>
        <Button shortcut="R" onClick={() => void client.refetchQueries({ type: 'active' })}>
          Try now
        </Button>
        <Button onClick={() => void copyReport()}>Copy report</Button>
      </section>
      <HeldFacts heldMs={heldAt} />
    </>
  );
}

function ordinal(n: number): string {
  const ending =
    n % 10 === 1 && n !== 11
      ? 'st'
      : n % 10 === 2 && n !== 12
        ? 'nd'
        : n % 10 === 3 && n !== 13
          ? 'rd'
          : 'th';
  return `${n}${ending}`;
}
