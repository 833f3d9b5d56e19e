'use client';

import css from './notice.module.css';
import { useNotice } from './notice-state.ts';

/** Always there, so that a screen reader hears what comes into it. */
export function Notice() {
  return (
    <p className={css['notice']} role="status" aria-label="Notice">
      {useNotice()}
    </p>
  );
}
