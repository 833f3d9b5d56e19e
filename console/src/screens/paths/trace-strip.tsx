'use client';

import type { TraceTimeline } from '@streamswarm/contract/wire/traces';
import { useState } from 'react';
import { linear } from '../../components/charts/linear.ts';
import { timeTicks } from '../../components/charts/time-axis.ts';
import { useNow } from '../../components/state/use-now.ts';
import { useWidth } from '../../components/state/use-width.ts';
import { clockTimeOn } from '../../format/time.ts';
import { movedTo } from './neighbours.ts';
import css from './paths.module.css';
import { columnAt, columnsOf, gapsOf, markRuns } from './strip-cells.ts';
import { rowTop, type StripFrame } from './strip-frame.ts';
import { StripHeat } from './strip-heat.tsx';
import { StripMarks } from './strip-marks.tsx';
import type { PathName } from './trace-names.ts';
import { traceWords } from './trace-words.ts';

interface TraceStripProps {
  readonly timeline: TraceTimeline;
  readonly names: ReadonlyMap<string, PathName>;
  readonly place: number;
  readonly periodMs: number;
  readonly window: { readonly fromMs: number; readonly toMs: number };
  readonly onChoose: (place: number) => void;
}

const AXIS = 18;
const LABEL = 92;
const LABEL_SMALL = 40;
const SMALL_PX = 520;
/** From so many hops on their rows are lower. */
const MANY_HOPS = 14;

/** A column for each trace: its path, and under it the round trip of each hop. Arrow keys go from trace to trace. */
export function TraceStrip({ timeline, names, place, periodMs, window, onChoose }: TraceStripProps) {
  const { traces } = timeline;
  const [ref, width] = useWidth<HTMLDivElement>();
  const [over, setOver] = useState<number | null>(null);
  const now = useNow();
  const columns = columnsOf(traces, periodMs);
  const left = width < SMALL_PX ? LABEL_SMALL : LABEL;
  const x = linear([window.fromMs, Math.max(window.toMs, window.fromMs + 1)], [left, width]);
  const inside = (ms: number): number => Math.max(left, Math.min(width, x(ms)));
  const rows = traces.reduce((most, { medians }) => Math.max(most, medians.length), 0);
  const frame: StripFrame = {
    left,
    box: ({ fromMs, toMs }) => ({ x: inside(fromMs), width: Math.max(0, inside(toMs) - inside(fromMs)) }),
    rows,
    row: rows > MANY_HOPS ? 10 : 16,
  };
  const bottom = rowTop(frame, rows);
  const placeOf = (clientX: number, element: HTMLElement): number => {
    const at = linear([left, width], [window.fromMs, window.toMs]);
    return columnAt(columns, at(clientX - element.getBoundingClientRect().left));
  };
  const chosen = columns[place];
  return (
    <>
      <div
        ref={ref}
        className={css['strip']}
        style={{ height: bottom + AXIS }}
        role="slider"
        aria-label="Trace that is shown"
        aria-valuemin={0}
        aria-valuemax={traces.length}
        aria-valuenow={place + 1}
        aria-valuetext={words(place)}
        tabIndex={0}
        onPointerMove={(event) => setOver(placeOf(event.clientX, event.currentTarget))}
        onPointerLeave={() => setOver(null)}
        onClick={(event) => onChoose(placeOf(event.clientX, event.currentTarget))}
        onKeyDown={(event) => {
          if (event.ctrlKey || event.metaKey || event.altKey) return;
          const next = movedTo(event.key, place, traces.length);
          if (next === null) return;
          event.preventDefault();
          onChoose(next);
        }}
      >
        {width > 0 ? (
          <svg width={width} height={bottom + AXIS} aria-hidden="true" className={css['svg']}>
            <StripHeat traces={traces} columns={columns} frame={frame} />
            {gapsOf(columns, { periodMs, endMs: window.toMs }).map((gap) => (
              <rect key={gap.fromMs} className={css['gap']} {...frame.box(gap)} y={0} height={bottom} />
            ))}
            <StripMarks
              traces={traces}
              columns={columns}
              runs={markRuns(traces, columns)}
              names={names}
              frame={frame}
            />
            {timeTicks(window.fromMs, window.toMs, width - left).map(({ ms, text }) => (
              <text key={ms} className={css['tick']} x={x(ms)} y={bottom + AXIS - 3} textAnchor="middle">
                {text}
              </text>
            ))}
            {chosen === undefined ? null : (
              <rect className={css['chosen']} {...widened(frame.box(chosen))} y={0.5} height={bottom - 1} />
            )}
          </svg>
        ) : null}
      </div>
      <p className={css['told']} aria-hidden="true">
        {words(over ?? place)}
      </p>
    </>
  );

  function words(of: number): string {
    const trace = traces[of];
    return trace === undefined
      ? 'the chosen trace lies before this time'
      : `${clockTimeOn(Date.parse(trace.at), now)}: ${traceWords(trace, names)}`;
  }
}

const LEAST_CHOSEN = 4;

/** What is chosen is seen, also where a column is narrower than a line. */
function widened({ x, width }: { readonly x: number; readonly width: number }) {
  const wide = Math.max(LEAST_CHOSEN, width);
  return { x: x - (wide - width) / 2, width: wide };
}
