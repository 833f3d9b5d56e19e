import { DASH } from '@streamswarm/contract/format/numbers';
import css from './table.module.css';

/** A value that is not there, with the reason on hover and focus. Never 0. */
export function Missing({ why, word }: { readonly why: string; readonly word?: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the reason must be reachable by keyboard
    <span className={word === undefined ? css['ink3'] : css['reason']} title={why} tabIndex={0}>
      {word ?? DASH}
      <span className="visually-hidden"> {why}</span>
    </span>
  );
}
