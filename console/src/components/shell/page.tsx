'use client';

import { type ReactNode, useEffect } from 'react';
import { clockTime, formatDuration } from '../../format/time.ts';
import { HeldBanner } from '../held/held-banner.tsx';
import { SearchButton } from '../palette/search-button.tsx';
import { useHeldAt, useNow } from '../state/use-now.ts';
import { LiveButton } from './live-button.tsx';
import css from './page.module.css';
import { RangePicker } from './range-picker.tsx';

interface PageProps {
  /** For the window's title. */
  readonly name: string;
  /** Where it differs from the name: crumbs. */
  readonly title?: ReactNode;
  /** Tabs, beside the title. */
  readonly beside?: ReactNode;
  readonly actions?: ReactNode;
  readonly ranged?: boolean;
  readonly foot: ReactNode;
  readonly children: ReactNode;
}

/** Header, body that scrolls, and the books at the foot. */
export function Page({ name, title, beside, actions, ranged = true, foot, children }: PageProps) {
  const heldAt = useHeldAt();
  const now = useNow();
  useEffect(() => {
    document.title = `${name} \u00b7 StreamSwarm`;
  }, [name]);
  return (
    <div className={css['page']}>
      <header className={css['header']}>
        <h1 className={css['title']}>
          <span>{title ?? name}</span>
          {heldAt !== null && now > 0 ? (
            <span className={css['held']}>
              held at {clockTime(heldAt)}, {formatDuration(Math.max(0, Math.floor((now - heldAt) / 1_000)))}{' '}
              old
            </span>
          ) : null}
        </h1>
        {beside}
        <span className={css['spread']} />
        {ranged ? <RangePicker /> : null}
        {ranged ? <LiveButton /> : null}
        <SearchButton />
        {actions}
      </header>
      <main className={css['body']} id="page" tabIndex={-1}>
        <HeldBanner />
        {children}
      </main>
      {foot}
    </div>
  );
}
