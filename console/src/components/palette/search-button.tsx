'use client';

import css from './palette.module.css';
import { openPalette } from './palette-state.ts';

/** For those who do not know the key, and where there are none. */
export function SearchButton() {
  return (
    <button
      type="button"
      className={css['search']}
      onClick={openPalette}
      aria-keyshortcuts="Control+K Meta+K"
    >
      <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" focusable="false">
        <path d="M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9ZM10.4 10.4 14 14" />
      </svg>
      <span className={css['words']}>Search or run</span>
      <span className={css['key']} aria-hidden="true">
        Ctrl K
      </span>
    </button>
  );
}
