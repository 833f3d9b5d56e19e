'use client';

import { joined, metricQuantity } from '@streamswarm/contract/format/numbers';
import { classes } from '../state/class-names.ts';
import { useWidth } from '../state/use-width.ts';
import css from './band-chart.module.css';
import { type BandData, bandSummary } from './band-data.ts';
import { BandTable } from './band-table.tsx';
import type { Comparison } from './before.ts';
import { CURSOR_KEYS, ZOOM_KEYS } from './chart-keys.ts';
import { CursorLine } from './cursor-line.tsx';
import { HoverCard } from './hover-card.tsx';
import { Limits } from './limits.tsx';
import { LossLane } from './loss-lane.tsx';
import { marginsFor } from './margins.ts';
import type { Marker } from './markers.ts';
import { Plot, plotOf } from './plot.tsx';
import { Selection } from './selection.tsx';
import { type ChartZoom, useBrush } from './use-brush.ts';

interface BandChartProps {
  readonly title: string;
  readonly data: BandData;
  readonly height: number;
  /** Room at the left for the axis, so that charts below one another share it, px. */
  readonly left: number;
  readonly right: number;
  readonly lane: boolean;
  /** False where a chart below shows the time. */
  readonly timeAxis?: boolean;
  readonly markers?: readonly Marker[];
  /** Limits of the test, in the unit of the metric. */
  readonly limits?: readonly number[];
  /** The axis reaches this far at least, in the unit of the metric: so that charts have one scale. */
  readonly top?: number;
  /** From here on nothing is known. */
  readonly heldMs?: number | null;
  readonly asTable?: boolean;
  /** Where dragging over a part of the time leads to. */
  readonly zoom?: ChartZoom;
  /** What the values under the cursor are compared with. */
  readonly comparison?: Comparison | undefined;
}

/** A line with its percentile bands, the loss below on the same axis, and a cursor for pointer and keys. */
export function BandChart({
  title,
  data,
  height,
  left,
  right,
  lane,
  timeAxis = true,
  markers,
  limits = [],
  top = 0,
  heldMs,
  asTable,
  zoom,
  comparison,
}: BandChartProps) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const format = (value: number): string => joined(metricQuantity(value, data.unit));
  const summary = bandSummary(title, data, format);
  const margins = marginsFor(width, { left, right });
  const box = { width, height, lane, timeAxis, ...margins };
  const plot = plotOf(data, { ...box, reaching: top }, limits);
  const { cursor, selection, dragged, handlers } = useBrush({ ...data, ...plot }, zoom);

  if (asTable === true) return <BandTable title={title} data={data} format={format} />;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a chart with a cursor has no element of its own
    <div
      ref={ref}
      className={classes(css['chart'], zoom !== undefined && css['zoomable'])}
      style={{ height }}
      role="group"
      aria-roledescription="chart"
      aria-label={`${summary} ${zoom === undefined ? CURSOR_KEYS : ZOOM_KEYS}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: its cursor is moved by keys
      tabIndex={0}
      {...handlers}
    >
      {width > 0 ? (
        <svg
          width={width}
          height={height}
          role="img"
          aria-label={summary}
          style={dragged === 0 ? undefined : { transform: `translateX(${dragged}px)` }}
        >
          {selection === null ? null : <Selection plot={plot} run={selection} />}
          <Plot plot={plot} data={data} markers={markers ?? []} heldMs={heldMs ?? null} />
          <Limits plot={plot} unit={data.unit} />
          {lane ? <LossLane plot={plot} series={data.series} /> : null}
          <CursorLine plot={plot} cursor={cursor} />
        </svg>
      ) : null}
      {cursor === null ? null : (
        <HoverCard plot={plot} data={data} step={cursor} format={format} comparison={comparison} />
      )}
    </div>
  );
}
