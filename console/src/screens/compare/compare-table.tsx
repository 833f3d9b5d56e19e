'use client';

import { formatCount, formatPercent, joined, metricQuantity } from '@streamswarm/contract/format/numbers';
import type { Results, Series } from '@streamswarm/contract/wire/views';
import Link from 'next/link';
import { useResultsOf } from '../../api/queries.ts';
import { whyEmpty } from '../../components/charts/band-data.ts';
import { changeText } from '../../components/charts/before.ts';
import { Missing } from '../../components/table/missing.tsx';
import { useRowFocus } from '../../components/table/row-focus.ts';
import table from '../../components/table/table.module.css';
import { keyOf } from '../../url/query-string.ts';
import { rangeLabel } from '../../url/range.ts';
import { useQueryState, useRange } from '../../url/use-query-state.ts';
import css from './compare.module.css';
import { type ComparedTest, LEAST, namesText } from './compared-tests.ts';

interface CompareTableProps {
  readonly tests: readonly ComparedTest[];
  readonly kind: string;
  readonly metric: string | null;
}

const FIGURES = ['p50', 'p95', 'p99', 'mean', 'max'] as const;

/** The whole time of each test as one number each, and how far it is from that of the first. */
export function CompareTable({ tests, kind, metric }: CompareTableProps) {
  const range = useRange();
  const { change } = useQueryState();
  const all = useResultsOf(tests, { range, metric, by: 'none', whole: true });
  useRowFocus();
  const base = all[0]?.data?.series[0];
  return (
    <div className={css['block']}>
      <table className={`${table['table']} ${table['two']}`}>
        <caption className="visually-hidden">
          {kind} of each test over {rangeLabel(range)}, compared with the first
        </caption>
        <thead>
          <tr>
            <th scope="col">Test, {rangeLabel(range)}</th>
            {FIGURES.map((figure) => (
              <th key={figure} scope="col" className={table['right']}>
                {figure}
              </th>
            ))}
            <th scope="col" className={table['right']}>
              Values
            </th>
            <th scope="col" className={table['right']}>
              Lost
            </th>
            <th scope="col">
              <span className="visually-hidden">Leave out</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {tests.map(({ name, probe, why }, place) => {
            const own = keyOf(name);
            const others = tests.filter((test) => test.name !== name).map((test) => test.name);
            return (
              <tr key={own} data-row={own}>
                <td>
                  <Link href={`/tests/view/?test=${own}${probe === null ? '' : `&probe=${probe}`}`}>
                    <b>{own}</b>
                    <small>
                      {place === 0
                        ? 'the others are compared with it'
                        : probe === null
                          ? why
                          : `${probe} probe`}
                    </small>
                  </Link>
                </td>
                <Figures results={all[place]?.data} base={place === 0 ? undefined : base} why={why} />
                <td className={table['right']}>
                  {others.length < LEAST ? null : (
                    <button
                      type="button"
                      className={css['out']}
                      aria-label={`Leave out ${own}`}
                      onClick={() => change({ tests: namesText(others) })}
                    >
                      ×
                    </button>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

interface FiguresProps {
  readonly results: Results | undefined;
  /** What it is compared with; absent for the first. */
  readonly base: Series | undefined;
  readonly why: string;
}

function Figures({ results, base, why }: FiguresProps) {
  const series = results?.series[0];
  const reason = series === undefined ? why : whyEmpty(series);
  const [sent, lost] = [series?.sent[0] ?? 0, series?.lost[0] ?? 0];
  return (
    <>
      {FIGURES.map((figure) => {
        const value = series?.[figure][0] ?? null;
        return (
          <td key={figure} className={table['right']}>
            {value === null || results === undefined ? (
              <Missing why={reason} />
            ) : (
              <>
                {joined(metricQuantity(value, results.unit))}
                <small>{changeText(value, base?.[figure][0] ?? null, series?.selfError[0] ?? null)}</small>
              </>
            )}
          </td>
        );
      })}
      <td className={table['right']}>
        {series === undefined ? <Missing why={why} /> : formatCount(series.n[0] ?? 0)}
      </td>
      <td className={table['right']}>
        {sent === 0 ? (
          <Missing why={reason} />
        ) : (
          <>
            {formatPercent(lost / sent)}
            <small>
              {formatCount(lost)} of {formatCount(sent)}
            </small>
          </>
        )}
      </td>
    </>
  );
}
