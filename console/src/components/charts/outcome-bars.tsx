'use client';

import { ResponsiveBar } from '@nivo/bar';
import { formatCount } from '@streamswarm/contract/format/numbers';
import type { Balance } from '@streamswarm/contract/wire/books';
import { ORDER } from '../../books/books.ts';
import css from './outcome-bars.module.css';

interface OutcomeBarsProps {
  readonly title: string;
  readonly rows: readonly { readonly name: string; readonly line: Balance }[];
}

type Bad = Exclude<(typeof ORDER)[number], 'ok'>;
const KEYS = ORDER.filter((outcome): outcome is Bad => outcome !== 'ok');
const MOST = 14;
const ROW_PX = 19;

/** Colours come from the tokens and forms from the shared patterns, so that both themes and no colour work. */
const FILLS: Readonly<Record<Bad, string>> = {
  lost: 'var(--bad)',
  error: 'url(#hatch-error)',
  denied: 'url(#hatch-denied)',
  dropped: 'var(--ink)',
  pending: 'url(#hatch-pending)',
  unaccounted: 'var(--bad)',
};

/** Slots that are not ok, by agent or probe: who has most of them stands first. */
export function OutcomeBars({ title, rows }: OutcomeBarsProps) {
  const worst = rows
    .map(({ name, line }) => ({ name, ...line, notOk: line.scheduled - line.ok }))
    .filter(({ notOk }) => notOk > 0)
    .sort((a, b) => b.notOk - a.notOk)
    .slice(0, MOST);
  return (
    <section className={css['bars']} aria-label={title}>
      <h2>
        <b>{title}</b> <span>slots</span>
      </h2>
      {worst.length === 0 ? (
        <p>None: every slot is ok.</p>
      ) : (
        <div style={{ height: worst.length * ROW_PX }} role="img" aria-label={summary(title, worst)}>
          <ResponsiveBar
            data={[...worst].reverse()}
            keys={KEYS}
            indexBy="name"
            layout="horizontal"
            margin={{ left: 110, right: 58, top: 0, bottom: 0 }}
            padding={0.36}
            colors={({ id }) => FILLS[id as Bad]}
            borderWidth={0}
            enableLabel={false}
            enableGridX={false}
            enableGridY={false}
            axisBottom={null}
            axisLeft={{ tickSize: 0, tickPadding: 0, renderTick: Name }}
            // What is drawn is said by the element around it.
            role="presentation"
            animate={false}
            isInteractive={false}
            layers={['axes', 'bars', Totals]}
          />
        </div>
      )}
    </section>
  );
}

function Name({ value, y }: { readonly value: string | number; readonly y: number }) {
  return (
    <text className={css['name']} x={-110} y={y + 4}>
      {String(value)}
    </text>
  );
}

interface TotalsProps {
  readonly bars: readonly {
    readonly y: number;
    readonly height: number;
    readonly data: { readonly index: number; readonly data: object };
  }[];
  readonly innerWidth: number;
}

/** The sum of each bar, right-aligned at the end of the row. */
function Totals({ bars, innerWidth }: TotalsProps) {
  const rows = new Map(bars.map((bar) => [bar.data.index, bar]));
  return (
    <g>
      {[...rows.values()].map(({ y, height, data }) => (
        <text
          key={data.index}
          className={css['total']}
          x={innerWidth + 58}
          y={y + height / 2 + 4}
          textAnchor="end"
        >
          {formatCount((data.data as { notOk: number }).notOk)}
        </text>
      ))}
    </g>
  );
}

function summary(title: string, rows: readonly { readonly name: string; readonly notOk: number }[]): string {
  return `${title}: ${rows.map(({ name, notOk }) => `${name} ${formatCount(notOk)}`).join(', ')}.`;
}
