'use client';

import { formatSeconds } from '@streamswarm/contract/format/numbers';
import { classes } from '../state/class-names.ts';
import { useWidth } from '../state/use-width.ts';
import css from './band-chart.module.css';
import { ZOOM_KEYS } from './chart-keys.ts';
import { CursorLine } from './cursor-line.tsx';
import { marginsFor } from './margins.ts';
import type { Marker } from './markers.ts';
import { PhaseCard } from './phase-card.tsx';
import phase from './phase-chart.module.css';
import { type PhaseData, phaseSummary, phaseWords, presentPhases, stackAt } from './phase-data.ts';
import { PhaseTable } from './phase-table.tsx';
import { Clipped, Gaps, Grid, Markers } from './plot.tsx';
import { type PlotGeometry, plotOf } from './plot-geometry.ts';
import { Selection } from './selection.tsx';
import { type ChartZoom, useBrush } from './use-brush.ts';

interface PhaseChartProps {
  readonly title: string;
  readonly data: PhaseData;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly markers: readonly Marker[];
  readonly heldMs: number | null;
  readonly asTable: boolean;
  readonly zoom: ChartZoom;
}

/** The phases of each step upon each other, on the time axis of the chart above. */
export function PhaseChart(props: PhaseChartProps) {
  const { title, data, height, left, right, markers, heldMs, asTable, zoom } = props;
  const [ref, width] = useWidth<HTMLDivElement>();
  const summary = phaseSummary(title, data, formatSeconds);
  const tops = { ...data, unit: 'seconds', layers: [{ name: 'total', values: topsOf(data) }] };
  const box = { width, height, lane: false, timeAxis: true, ...marginsFor(width, { left, right }) };
  const plot = plotOf(tops, box);
  const { cursor, selection, dragged, handlers } = useBrush({ ...data, ...plot }, zoom);
  if (asTable) return <PhaseTable title={title} data={data} />;
  return (
    <>
      <ul className={phase['legend']} aria-label="Phases">
        {presentPhases(data).map(({ metric }) => (
          <li key={metric} className={phase[metric]}>
            {phaseWords(metric)}
          </li>
        ))}
      </ul>
      {/* biome-ignore lint/a11y/useSemanticElements: a chart with a cursor has no element of its own */}
      <div
        ref={ref}
        className={classes(css['chart'], css['zoomable'])}
        style={{ height }}
        role="group"
        aria-roledescription="chart"
        aria-label={`${summary} ${ZOOM_KEYS}`}
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
            <Grid plot={plot} data={tops} />
            <Stack plot={plot} data={data} />
            <Clipped plot={plot} data={tops} />
            <Gaps plot={plot} data={tops} heldMs={heldMs} />
            <Markers plot={plot} markers={markers} />
            <CursorLine plot={plot} cursor={cursor} />
          </svg>
        ) : null}
        {cursor === null ? null : <PhaseCard plot={plot} data={data} step={cursor} />}
      </div>
    </>
  );
}

function topsOf(data: PhaseData): (number | null)[] {
  return data.total.map((_, step) => stackAt(data, step)?.at(-1) ?? null);
}

/** One path a phase: a bar for each step, as wide as the step. */
function Stack({ plot, data }: { readonly plot: PlotGeometry; readonly data: PhaseData }) {
  const paths = data.phases.map(() => '');
  for (let step = 0; step < data.steps; step++) {
    const edges = stackAt(data, step);
    if (edges === null) continue;
    const [begin, end] = [plot.edge(step), plot.edge(step + 1)];
    data.phases.forEach((_, i) => {
      const [lower, upper] = [plot.y(edges[i] ?? 0), plot.y(edges[i + 1] ?? 0)];
      if (lower > upper) paths[i] += `M${begin},${lower}V${upper}H${end}V${lower}Z`;
    });
  }
  return data.phases.map(({ metric }, i) => (
    <path key={metric} className={classes(phase['part'], phase[metric])} d={paths[i]} />
  ));
}
