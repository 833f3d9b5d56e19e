import { formatCount, formatPercent, joined, metricQuantity } from '@streamswarm/contract/format/numbers';
import type { Matrix, MatrixCell } from '@streamswarm/contract/wire/matrix';
import { LinkButton } from '../../components/shell/button.tsx';
import { classes } from '../../components/state/class-names.ts';
import { Missing } from '../../components/table/missing.tsx';
import table from '../../components/table/table.module.css';
import type { CellHrefs } from './cell-href.ts';
import { type Grid, lossOf, MOST_SIDE, valuesOf } from './grid.ts';
import { HIGH_LOSS, type Place } from './heat-grid.tsx';
import { Legend } from './legend.tsx';
import css from './matrix.module.css';
import { medianOf, standOuts } from './stand-outs.ts';

interface MatrixSideProps {
  readonly matrix: Matrix;
  readonly grid: Grid;
  readonly limits: readonly number[];
  readonly format: (value: number) => string;
  readonly place: Place | null;
  /** Of the cell at `place`. */
  readonly hrefs: CellHrefs | null;
  readonly onPlace: (place: Place) => void;
}

export function MatrixSide({ matrix, grid, limits, format, place, hrefs, onPlace }: MatrixSideProps) {
  return (
    <div className={css['side']}>
      <Legend limits={limits} format={format} />
      {place === null ? null : <Looked matrix={matrix} grid={grid} place={place} hrefs={hrefs} />}
      <Outstanding grid={grid} format={format} onPlace={onPlace} />
      <Pairs grid={grid} />
    </div>
  );
}

interface LookedProps {
  readonly matrix: Matrix;
  readonly grid: Grid;
  readonly place: Place;
  readonly hrefs: CellHrefs | null;
}

const STATISTICS = ['min', 'p50', 'p95', 'p99', 'max'] as const;

/** The cell that has the cursor, and the way back where there is one. */
function Looked({ matrix, grid, place, hrefs }: LookedProps) {
  const [row, column] = [grid.rows[place.row], grid.columns[place.column]];
  const square = row?.squares[place.column];
  if (row === undefined || column === undefined || square === undefined) return null;
  const cell = 'cell' in square ? square.cell : null;
  const back =
    column.far === null
      ? null
      : (matrix.cells.find(
          (candidate) =>
            candidate.agent === column.far &&
            candidate.destination === `${column.name.slice(0, column.name.indexOf('/'))}/${row.agent}`,
        ) ?? null);
  const why = 'reason' in square ? square.reason : 'itself, not measured';
  const value = (of: MatrixCell | null, stat: (typeof STATISTICS)[number]) =>
    of === null || of[stat] === null ? <Missing why={why} /> : joined(metricQuantity(of[stat], matrix.unit));
  return (
    <section aria-label="This pair">
      <h2>
        {row.agent} → {column.label}
      </h2>
      <table className={table['table']}>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">Figure</span>
            </th>
            <th scope="col" className={table['right']}>
              there
            </th>
            {back === null ? null : (
              <th scope="col" className={table['right']}>
                from the other
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {STATISTICS.map((stat) => (
            <tr key={stat}>
              <td className={table['ink2']}>{stat}</td>
              <td className={table['right']}>{value(cell, stat)}</td>
              {back === null ? null : <td className={table['right']}>{value(back, stat)}</td>}
            </tr>
          ))}
          <tr>
            <td className={table['ink2']}>lost</td>
            <td className={table['right']}>{cell === null ? <Missing why={why} /> : lostWords(cell)}</td>
            {back === null ? null : <td className={table['right']}>{lostWords(back)}</td>}
          </tr>
        </tbody>
      </table>
      {hrefs === null ? null : (
        <p className={css['open']}>
          {hrefs.path === null ? null : (
            <LinkButton href={hrefs.path} shortcut="↵">
              Open its path
            </LinkButton>
          )}
          <LinkButton href={hrefs.test} {...(hrefs.path === null ? { shortcut: '↵' } : {})}>
            Open in the test
          </LinkButton>
        </p>
      )}
    </section>
  );
}

function lostWords(cell: MatrixCell) {
  const loss = lossOf(cell);
  if (loss === null) return <Missing why="nothing was sent in this time" />;
  return (
    <span className={classes(loss >= HIGH_LOSS && table['bad'])}>
      {formatPercent(loss)}, {formatCount(cell.lost)} of {formatCount(cell.sent)}
    </span>
  );
}

interface OutstandingProps {
  readonly grid: Grid;
  readonly format: (value: number) => string;
  readonly onPlace: (place: Place) => void;
}

function Outstanding({ grid, format, onPlace }: OutstandingProps) {
  const found = standOuts(grid);
  const median = medianOf(valuesOf(grid));
  return (
    <section aria-label="What stands out">
      <h2>
        What stands out <span>{median === null ? '' : `against the median of ${format(median)}`}</span>
      </h2>
      {found.length === 0 ? (
        <p className={css['quiet']}>No pair is far from the others, none lost anything.</p>
      ) : null}
      <ol>
        {found.map(({ row, column, agent, label, value, times, loss }) => (
          <li key={`${agent} ${label}`}>
            <button type="button" className={css['out']} onClick={() => onPlace({ row, column })}>
              <span className={css['pair']}>
                {agent} → {label}
              </span>
              <b>{format(value)}</b>
              <small>{loss === null || loss === 0 ? 'nothing lost' : `${formatPercent(loss)} lost`}</small>
              <small>{times === null ? '' : `×${times.toFixed(1)}`}</small>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** How many there are, and how many of them say something. */
function Pairs({ grid }: { readonly grid: Grid }) {
  const squares = grid.rows.flatMap((row) => row.squares);
  const count = (kind: string): number => squares.filter((square) => square.kind === kind).length;
  const facts = [
    ['with a value', count('value')],
    ['answered without a value', count('null')],
    ['without data', count('none')],
    ['itself', count('itself')],
  ] as const;
  const cut = grid.allRows > MOST_SIDE || grid.allColumns > MOST_SIDE;
  return (
    <section aria-label="Pairs">
      <h2>
        Pairs{' '}
        <span>
          {cut
            ? `the first ${grid.rows.length} of ${grid.allRows} sources, ${grid.columns.length} of ${grid.allColumns} destinations`
            : `${grid.allRows} × ${grid.allColumns}`}
        </span>
      </h2>
      <dl className={css['facts']}>
        {facts.map(([what, n]) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>{formatCount(n)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
