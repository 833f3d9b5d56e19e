'use client';

import { formatCount } from '@streamswarm/contract/format/numbers';
import type { Balance } from '@streamswarm/contract/wire/books';
import { Fragment } from 'react';
import { ORDER } from '../../books/books.ts';
import { toggleTheme } from '../../theme/chosen-theme.ts';
import { Swatch } from '../outcomes/swatch.tsx';
import { classes } from '../state/class-names.ts';
import css from './foot.module.css';
import { openKeys } from './keys-dialog.tsx';
import { LiveAge } from './live-age.tsx';

interface BooksFootProps {
  /** What the screen shows, in words: `All tests, 1 h`. */
  readonly label: string;
  readonly books: Balance | undefined;
}

/** The law of conservation of exactly what the screen shows. */
export function BooksFoot({ label, books }: BooksFootProps) {
  const wrong = books !== undefined && books.unaccounted > 0;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: on a phone the law is scrolled, by keys too
    <footer className={classes(css['foot'], wrong && css['wrong'])} tabIndex={0}>
      <span className={css['label']}>{label}</span>
      {books === undefined ? <span>the books are not known yet</span> : <Law books={books} />}
      <span className={css['right']}>
        <LiveAge />
        <button type="button" className={css['small']} onClick={toggleTheme} title="Light or dark (L)">
          ◐<span className="visually-hidden">Light or dark</span>
        </button>
        <button type="button" className={css['small']} onClick={openKeys} title="Keys (?)">
          ?<span className="visually-hidden">Keys</span>
        </button>
      </span>
    </footer>
  );
}

function Law({ books }: { readonly books: Balance }) {
  return (
    <span className={css['law']}>
      <span className={css['term']}>
        scheduled <b>{formatCount(books.scheduled)}</b>
      </span>
      {ORDER.map((outcome, i) => (
        <Fragment key={outcome}>
          <span className={css['sign']}>{i === 0 ? '=' : outcome === 'unaccounted' ? '·' : '+'}</span>
          <span className={classes(css['term'], outcome === 'unaccounted' && css['bad'])}>
            {outcome === 'unaccounted' ? null : <Swatch outcome={outcome} />}
            {outcome} <b>{formatCount(books[outcome])}</b>
          </span>
        </Fragment>
      ))}
    </span>
  );
}
