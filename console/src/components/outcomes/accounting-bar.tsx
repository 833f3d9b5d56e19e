import { formatCount, formatPercent } from '@streamswarm/contract/format/numbers';
import type { Balance } from '@streamswarm/contract/wire/books';
import type { ReactNode } from 'react';
import { magnify, reasonsOf } from '../../books/books.ts';
import { classes } from '../state/class-names.ts';
import css from './outcomes.module.css';
import { reasonWords } from './reason-words.ts';
import { Swatch } from './swatch.tsx';

interface AccountingBarProps {
  readonly title: string;
  readonly caption: ReactNode;
  readonly books: Balance;
  readonly reasons: Readonly<Record<string, number>>;
  /** With the marks of the outcomes, where the foot does not explain them nearby. */
  readonly marks?: boolean;
}

/** Where every slot went: all of them above, below only what is not ok, drawn larger by a stated factor. */
export function AccountingBar({ title, caption, books, reasons, marks = false }: AccountingBarProps) {
  const { okRatio, notOkRatio, factor, parts } = magnify(books);
  const summary = [
    `${formatCount(books.scheduled)} slots scheduled`,
    `${formatCount(books.ok)} ok`,
    ...parts.map(({ outcome, slots }) => `${formatCount(slots)} ${outcome}`),
  ].join(', ');
  return (
    <section aria-label={title}>
      <div className={css['head']}>
        <h2>{title}</h2>
        <span>
          {caption}
          {marks && factor !== null ? ` \u00b7 not ok${drawnLarger(factor)}` : ''}
        </span>
        {okRatio === null ? null : (
          <span className={css['share']}>
            ok <b>{formatPercent(okRatio)}</b>
          </span>
        )}
      </div>
      <div role="img" aria-label={summary}>
        <div className={css['whole']}>
          <span className={css['ok']} style={{ width: `${(okRatio ?? 0) * 100}%` }} />
          <span
            className={css[worst(parts.map((part) => part.outcome))]}
            style={{ flex: 1, minWidth: factor === null ? 0 : 3 }}
          />
        </div>
        {factor === null ? null : (
          <>
            <svg className={css['cone']} viewBox="0 0 100 15" preserveAspectRatio="none" aria-hidden="true">
              <path d={`M${100 - notOkRatio * 100},0L100,0L100,15L0,15Z`} fill="var(--sunken)" />
            </svg>
            <div className={css['parts']}>
              {parts.map(({ outcome, share }) => (
                <span key={outcome} className={css[outcome]} style={{ flex: `${share} 1 0` }} />
              ))}
            </div>
          </>
        )}
      </div>
      {factor === null ? (
        <p className={css['key']}>
          {books.scheduled === 0 ? 'no slot was due in this time' : 'every slot that was due is ok'}
        </p>
      ) : (
        <PartKey
          books={books}
          reasons={reasons}
          marks={marks}
          note={`the ${formatPercent(notOkRatio)} that is not ok${drawnLarger(factor)}`}
        />
      )}
    </section>
  );
}

interface PartKeyProps extends Pick<AccountingBarProps, 'books' | 'reasons'> {
  readonly marks: boolean;
  readonly note: string;
}

/** The parts by name: each under its own, or in a row with their marks. */
function PartKey({ books, reasons, marks, note }: PartKeyProps) {
  const { parts } = magnify(books);
  const columns = parts.map(({ share }) => `minmax(max-content, ${(share * 100).toFixed(2)}fr)`).join(' ');
  return (
    <ul className={marks ? css['key'] : css['under']} style={{ gridTemplateColumns: columns }}>
      {parts.map(({ outcome, slots }, i) => {
        const [reason] = reasonsOf(reasons, outcome);
        return (
          <li key={outcome} className={classes(outcome === 'unaccounted' && css['bad'])}>
            {marks ? <Swatch outcome={outcome} /> : null}
            <span>
              {outcome} <b>{formatCount(slots)}</b>
              {marks || reason === undefined ? '' : ` ${reasonWords(reason.reason)}`}
            </span>
            {i === parts.length - 1 && !marks ? <span className={css['note']}>{note}</span> : null}
          </li>
        );
      })}
    </ul>
  );
}

function drawnLarger(factor: number): string {
  if (factor < 1.05) return '';
  return `, drawn ${factor >= 10 ? formatCount(factor) : factor.toFixed(1)}\u00d7 larger`;
}

/** The colour of the sliver in the upper bar: red only where something is lost, wrong or nowhere. */
function worst(outcomes: readonly string[]): string {
  return (
    ['unaccounted', 'lost', 'error', 'dropped', 'denied', 'pending'].find((name) =>
      outcomes.includes(name),
    ) ?? 'ok'
  );
}
