import type { ReactNode } from 'react';
import { Patterns } from '../charts/patterns.tsx';
import css from './frame.module.css';

/** Rail and page side by side; the same on every screen. */
export function Frame({ rail, children }: { readonly rail: ReactNode; readonly children: ReactNode }) {
  return (
    <div className={css['frame']}>
      <a className={css['skip']} href="#page">
        Skip to the page
      </a>
      <Patterns />
      {rail}
      {children}
    </div>
  );
}
