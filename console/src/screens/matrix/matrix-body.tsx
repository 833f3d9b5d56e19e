'use client';

import { joined, metricQuantity } from '@streamswarm/contract/format/numbers';
import type { Matrix } from '@streamswarm/contract/wire/matrix';
import { useRouter } from 'next/navigation';
import { useEffect, useMemo, useState } from 'react';
import { useScreenKeys } from '../../components/shell/single-keys.ts';
import { pathHref } from '../../url/path-href.ts';
import { useQueryState } from '../../url/use-query-state.ts';
import { type CellHrefs, cellHref } from './cell-href.ts';
import { type Grid, gridOf, type Order, type Stat, valuesOf } from './grid.ts';
import { HeatGrid, type Place } from './heat-grid.tsx';
import css from './matrix.module.css';
import { MatrixSide } from './matrix-side.tsx';
import { limitsFor } from './ramp.ts';

interface MatrixBodyProps {
  /** NAMESPACE/NAME */
  readonly test: string;
  readonly matrix: Matrix;
  readonly stat: Stat;
  readonly order: Order;
  /** Destinations down, sources across. */
  readonly isTurned: boolean;
  /** Trace probes by the name of their destination. */
  readonly traces: ReadonlyMap<string, string>;
}

/** An address that changes with every arrow key would be in the way of the keys. */
const ADDRESS_AFTER_MS = 400;

/** The heat map, and beside it what the colours mean, the cell looked at and what stands out. */
export function MatrixBody({ test, matrix, stat, order, isTurned, traces }: MatrixBodyProps) {
  const grid = useMemo(() => gridOf(matrix, { stat, order }), [matrix, stat, order]);
  const router = useRouter();
  const { query, change } = useQueryState();
  const [cell, setCell] = useState(query.get('cell'));
  const place = placeOf(grid, cell);
  useEffect(() => {
    if (cell === query.get('cell')) return;
    const timer = setTimeout(() => change({ cell }), ADDRESS_AFTER_MS);
    return () => clearTimeout(timer);
  }, [cell, query, change]);
  useScreenKeys({ t: () => change({ turn: isTurned ? null : 'round' }) });
  const unit = stat === 'loss' ? 'ratio' : matrix.unit;
  const format = (value: number): string => joined(metricQuantity(value, unit));
  const limits = useMemo(() => limitsFor(unit, valuesOf(grid)), [unit, grid]);
  const nameOf = ({ row, column }: Place): string | null => {
    const [agent, destination] = [grid.rows[row]?.agent, grid.columns[column]?.name];
    return agent === undefined || destination === undefined ? null : `${agent},${destination}`;
  };
  const hrefsOf = ({ row, column }: Place): CellHrefs | null => {
    const square = grid.rows[row]?.squares[column];
    const [agent, destination] = [grid.rows[row]?.agent, grid.columns[column]?.name];
    if (square === undefined || square.kind === 'itself' || agent === undefined || destination === undefined)
      return null;
    const [ofSpec = destination] = destination.split('/');
    const trace = traces.get(ofSpec);
    return {
      test: cellHref({ test, probe: matrix.probe, metric: query.get('metric'), agent, destination }, query),
      path: trace === undefined ? null : pathHref({ test, probe: trace, agent, destination }, query),
    };
  };
  return (
    <div className={css['body']}>
      <HeatGrid
        grid={grid}
        isTurned={isTurned}
        limits={limits}
        format={format}
        place={place}
        onPlace={(next) => setCell(nameOf(next))}
        onOpen={(at) => {
          const hrefs = hrefsOf(at);
          if (hrefs !== null) router.push(hrefs.path ?? hrefs.test);
        }}
      />
      <MatrixSide
        matrix={matrix}
        grid={grid}
        limits={limits}
        format={format}
        place={place}
        hrefs={place === null ? null : hrefsOf(place)}
        onPlace={(next) => setCell(nameOf(next))}
      />
    </div>
  );
}

/** Where a cell stands that an address names; null where it names none that is shown. */
function placeOf({ rows, columns }: Grid, cell: string | null): Place | null {
  const comma = cell?.indexOf(',') ?? -1;
  if (cell === null || comma < 0) return null;
  const row = rows.findIndex(({ agent }) => agent === cell.slice(0, comma));
  const column = columns.findIndex(({ name }) => name === cell.slice(comma + 1));
  return row < 0 || column < 0 ? null : { row, column };
}
