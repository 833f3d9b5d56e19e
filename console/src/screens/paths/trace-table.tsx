'use client';

import { DASH, formatSeconds } from '@streamswarm/contract/format/numbers';
import type { TracePoint } from '@streamswarm/contract/wire/traces';
import { TableFrame } from '../../components/charts/table-frame.tsx';
import { classes } from '../../components/state/class-names.ts';
import { useNow } from '../../components/state/use-now.ts';
import { clockTimeOn } from '../../format/time.ts';
import css from './paths.module.css';
import type { PathName } from './trace-names.ts';

interface TraceTableProps {
  readonly traces: readonly TracePoint[];
  readonly names: ReadonlyMap<string, PathName>;
  readonly place: number;
  readonly onChoose: (place: number) => void;
}

/** The strip as a table, newest first. */
export function TraceTable({ traces, names, place, onChoose }: TraceTableProps) {
  const now = useNow();
  return (
    <TableFrame title="Traces over time">
      <thead>
        <tr>
          <th scope="col">Trace</th>
          <th scope="col">Path</th>
          <th scope="col">Hops</th>
          <th scope="col">Destination</th>
          <th scope="col">Changed from hop</th>
          <th scope="col">Why not reached</th>
        </tr>
      </thead>
      <tbody>
        {traces
          .map((trace, i) => ({ trace, i }))
          .toReversed()
          .map(({ trace, i }) => (
            <tr key={trace.at} className={classes(i === place && css['here'])}>
              <th scope="row">
                <button
                  type="button"
                  className={css['open']}
                  aria-pressed={i === place}
                  onClick={() => onChoose(i)}
                >
                  {clockTimeOn(Date.parse(trace.at), now)}
                </button>
              </th>
              <td>{names.get(trace.hash ?? '')?.name ?? DASH}</td>
              <td>{trace.hops ?? DASH}</td>
              <td>{endOf(trace)}</td>
              <td>{trace.changedFrom ?? ''}</td>
              <td>{trace.hops === null ? (trace.reason ?? 'no answer') : ''}</td>
            </tr>
          ))}
      </tbody>
    </TableFrame>
  );
}

function endOf({ hops, medians }: TracePoint): string {
  const end = hops === null ? null : medians[hops - 1];
  return end == null ? DASH : formatSeconds(end);
}
