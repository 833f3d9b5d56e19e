import { formatCount } from '@streamswarm/contract/format/numbers';
import type { BooksLine } from '@streamswarm/contract/wire/books';
import { ORDER, reasonsOf } from '../../books/books.ts';
import css from './outcomes.module.css';
import { reasonWords } from './reason-words.ts';

/** Why slots are not ok, outcome by outcome. */
export function Reasons({ line }: { readonly line: BooksLine }) {
  const rows = ORDER.flatMap((outcome) => {
    const reasons = reasonsOf(line.reasons, outcome);
    return reasons.length === 0 ? [] : [{ outcome, reasons }];
  });
  if (rows.length === 0 && line.surplus === 0) return null;
  return (
    <ul className={css['reasons']}>
      {rows.map(({ outcome, reasons }) => (
        <li key={outcome}>
          {outcome}:{' '}
          {reasons.map(({ reason, slots }) => `${formatCount(slots)} ${reasonWords(reason)}`).join(', ')}
        </li>
      ))}
      {line.surplus > 0 ? (
        <li>{formatCount(line.surplus)} more answers than slots, outside the law</li>
      ) : null}
    </ul>
  );
}
