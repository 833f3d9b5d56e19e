import type { ReactNode } from 'react';
import css from './band-chart.module.css';

/** The table of a chart, as high as the chart; keys scroll it. */
export function TableFrame({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without the focus no key could scroll it
    <section className={css['table']} aria-label={`${title} as a table`} tabIndex={0}>
      <table>
        <caption className="visually-hidden">{title}, newest first</caption>
        {children}
      </table>
    </section>
  );
}
