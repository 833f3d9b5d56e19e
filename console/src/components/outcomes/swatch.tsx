import type { Outcome } from '@streamswarm/contract/wire/books';
import css from './outcomes.module.css';

/** The mark of an outcome, readable without colour. */
export function Swatch({ outcome }: { readonly outcome: Outcome }) {
  return <span className={`${css['swatch']} ${css[outcome] ?? ''}`} aria-hidden="true" />;
}
