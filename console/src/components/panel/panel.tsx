'use client';

import type { UseQueryResult } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { RequestError } from '../../api/request.ts';
import { clockTime } from '../../format/time.ts';
import { operatorTime } from '../state/use-now.ts';
import css from './panel.module.css';

interface PanelProps<T> {
  readonly title: string;
  readonly caption?: ReactNode | ((data: T) => ReactNode);
  readonly aside?: ReactNode;
  readonly query: UseQueryResult<T>;
  /** What is being read, for a reader who waits: `15 m of round trips`. */
  readonly reading: string;
  /** The reason and the next step where there is nothing to draw, else null. */
  readonly empty?: (data: T) => ReactNode | null;
  readonly minHeight?: number;
  readonly children: (data: T) => ReactNode;
}

/** One panel, one query: draws loading, empty, partial, stale, offline and error alike everywhere. */
export function Panel<T>({
  title,
  caption,
  aside,
  query,
  reading,
  empty,
  minHeight,
  children,
}: PanelProps<T>) {
  const { data, error } = query;
  const shown = data === undefined ? null : (empty?.(data) ?? null);
  const words = typeof caption === 'function' ? (data === undefined ? null : caption(data)) : caption;
  return (
    <section className={css['panel']} aria-label={title}>
      <header className={css['head']}>
        <h2>{title}</h2>
        <span className={css['caption']}>{words}</span>
        {error !== null && data !== undefined ? (
          <span className={css['stale']}>held at {clockTime(operatorTime(query.dataUpdatedAt))}</span>
        ) : null}
        {error !== null && data === undefined ? (
          <span className={css['stale']}>could not be read</span>
        ) : null}
        <span className={css['aside']}>{aside}</span>
      </header>
      <div style={{ minHeight }}>
        {data === undefined ? (
          error === null ? (
            <Reading what={reading} />
          ) : (
            <ProblemBlock error={error} />
          )
        ) : (
          (shown ?? children(data))
        )}
      </div>
    </section>
  );
}

const PATIENCE_MS = 2_000;

/** Nothing for two seconds, then words: a shimmer would look like data. */
function Reading({ what }: { readonly what: string }) {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <p className={css['reading']} role="status">
      {slow ? `reading ${what}` : ''}
    </p>
  );
}

/** A failed request as it came, for people who report it. */
export function ProblemBlock({ error }: { readonly error: Error }) {
  const known = error instanceof RequestError ? error : null;
  const facts: readonly (readonly [string, string])[] = [
    ['type', known?.problem?.type ?? 'no answer'],
    ['status', known?.status?.toString() ?? '\u2014'],
    ['detail', error.message],
    ['request', known?.request ?? '\u2014'],
    ['id', known?.problem?.instance ?? '\u2014'],
  ];
  return (
    <div className={css['problem']} role="alert">
      <p>
        This panel has nothing from before to show. The other panels keep what they have; it is read again by
        itself.
      </p>
      <dl>
        {facts.map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** The reason why there is nothing, and what to do next. */
export function Empty({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <div className={css['empty']}>
      <b>{title}</b>
      <p>{children}</p>
    </div>
  );
}
