'use client';

import { memo, useEffect, useMemo, useRef } from 'react';
import { classes } from '../../components/state/class-names.ts';
import { type Column, type Grid, lossOf, type Row, type Square, turnedRound } from './grid.ts';
import css from './matrix.module.css';
import { movedPlace } from './moved-place.ts';
import { classOf } from './ramp.ts';

export interface Place {
  readonly row: number;
  readonly column: number;
}

interface HeatGridProps {
  /** Sources down, destinations across; places are those of this grid, also where it is drawn turned round. */
  readonly grid: Grid;
  readonly isTurned: boolean;
  readonly limits: readonly number[];
  readonly format: (value: number) => string;
  readonly place: Place | null;
  readonly onPlace: (place: Place) => void;
  readonly onOpen: (place: Place) => void;
}

/** From so many columns on their names would not be read any more; row, cell and side still name them. */
const MOST_COLUMN_NAMES = 40;

/** One square a pair. Arrow keys move the one that has the focus, Enter opens it. */
export function HeatGrid({ grid, isTurned, place, onPlace, onOpen, ...rest }: HeatGridProps) {
  const turned = useMemo(() => (isTurned ? turnedRound(grid) : grid), [grid, isTurned]);
  const turn = ({ row, column }: Place): Place => (isTurned ? { row: column, column: row } : { row, column });
  return (
    <DrawnGrid
      {...rest}
      grid={turned}
      isTurned={isTurned}
      place={place === null ? null : turn(place)}
      onPlace={(next) => onPlace(turn(next))}
      onOpen={(at) => onOpen(turn(at))}
    />
  );
}

function DrawnGrid({ grid, isTurned, limits, format, place, onPlace, onOpen }: HeatGridProps) {
  const table = useRef<HTMLTableElement>(null);
  const moved = useRef(false);
  const at = place ?? { row: 0, column: 0 };
  useEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    table.current?.querySelector<HTMLElement>(`[data-at="${at.row},${at.column}"]`)?.focus();
  }, [at.row, at.column]);
  const named = grid.columns.length <= MOST_COLUMN_NAMES;
  return (
    <div className={css['scroll']}>
      <table
        ref={table}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells are walked by keys
        role="grid"
        aria-label={isTurned ? 'Destinations down, sources across' : 'Sources down, destinations across'}
        className={classes(css['grid'], grid.columns.length > MOST_COLUMN_NAMES && css['dense'])}
        onKeyDown={(event) => {
          const next = movedPlace(event.key, at, { rows: grid.rows.length, columns: grid.columns.length });
          if (next !== null) {
            event.preventDefault();
            moved.current = true;
            onPlace(next);
          } else if (event.key === 'Enter') onOpen(at);
        }}
      >
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">{isTurned ? 'Destination' : 'Source'}</span>
            </th>
            {grid.columns.map((column, i) => (
              <th key={column.name} scope="col" aria-selected={i === place?.column} title={column.label}>
                <span className={named ? css['across'] : 'visually-hidden'}>{column.label}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {grid.rows.map((row, i) => (
            <HeatRow
              key={row.agent}
              row={row}
              index={i}
              isTurned={isTurned}
              columns={grid.columns}
              limits={limits}
              format={format}
              focused={at.row === i ? at.column : null}
              chosen={place?.row === i ? place.column : null}
              onPlace={onPlace}
              onOpen={onOpen}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface HeatRowProps extends Pick<HeatGridProps, 'isTurned' | 'limits' | 'format' | 'onPlace' | 'onOpen'> {
  readonly row: Row;
  readonly index: number;
  readonly columns: readonly Column[];
  /** The column that Tab leads to, in this row. */
  readonly focused: number | null;
  readonly chosen: number | null;
}

/** Drawn again only when it changes: a step of the cursor touches two of them. */
const HeatRow = memo(
  function HeatRow({
    row,
    index,
    isTurned,
    columns,
    limits,
    format,
    focused,
    chosen,
    onPlace,
    onOpen,
  }: HeatRowProps) {
    const pair = (across: string | undefined): [string | undefined, string | undefined] =>
      isTurned ? [across, row.agent] : [row.agent, across];
    return (
      <tr>
        <th scope="row" className={classes(chosen !== null && css['here'])}>
          {row.agent}
        </th>
        {row.squares.map((square, i) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the grid around
          <td
            key={columns[i]?.name}
            // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a cell of that grid
            role="gridcell"
            data-at={`${index},${i}`}
            tabIndex={focused === i ? 0 : -1}
            aria-selected={chosen === i}
            aria-label={`${pair(columns[i]?.label).join(' to ')}: ${wordsOf(square, format)}`}
            title={`${pair(columns[i]?.label).join(' → ')}\n${wordsOf(square, format)}`}
            className={classes(
              css['square'],
              square.kind === 'value' ? css[`r${classOf(square.value, limits)}`] : css[square.kind],
            )}
            onFocus={() => onPlace({ row: index, column: i })}
            onClick={() => onOpen({ row: index, column: i })}
          >
            <LossMark square={square} />
          </td>
        ))}
      </tr>
    );
  },
  (a, b) =>
    a.row === b.row &&
    a.limits === b.limits &&
    a.focused === b.focused &&
    a.chosen === b.chosen &&
    a.index === b.index,
);

/** A share of lost packets from which it is drawn large. */
export const HIGH_LOSS = 0.01;

function LossMark({ square }: { readonly square: Square }) {
  const loss = square.kind === 'value' ? lossOf(square.cell) : null;
  return loss === null || loss === 0 ? null : (
    <i className={classes(css['loss'], loss >= HIGH_LOSS && css['high'])} aria-hidden="true" />
  );
}

function wordsOf(square: Square, format: (value: number) => string): string {
  if (square.kind === 'itself') return 'itself, not measured';
  if (square.kind !== 'value') return square.reason;
  const { sent, lost } = square.cell;
  return `${format(square.value)}, ${lost.toLocaleString('en')} of ${sent.toLocaleString('en')} lost`;
}
