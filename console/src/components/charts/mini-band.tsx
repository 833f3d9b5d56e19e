'use client';

import { joined, metricQuantity } from '@streamswarm/contract/format/numbers';
import { useWidth } from '../state/use-width.ts';
import css from './band-chart.module.css';
import { type BandData, bandSummary } from './band-data.ts';
import { areaPath, linePath } from './band-paths.ts';
import { linear } from './linear.ts';
import { type Marker, placeMarkers } from './markers.ts';
import { gapRuns, valueRuns } from './runs.ts';

interface MiniBandProps {
  readonly data: BandData;
  /** Upper end of the scale, the same for all on the screen. */
  readonly max: number;
  readonly label: string;
  readonly limits: readonly number[];
  readonly markers: readonly Marker[];
}

const HEIGHT = 72;
const LANE = 9;
const YOUNG_STEPS = 3;

/** A small band chart without axes: its neighbours have the same. */
export function MiniBand({ data, max, label, limits, markers }: MiniBandProps) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const stepWidth = width / Math.max(1, data.steps);
  const bottom = HEIGHT - LANE;
  const up = linear([0, max], [bottom, 0]);
  const atMs = linear([data.fromMs, data.fromMs + data.steps * data.stepMs], [0, width]);
  const place = {
    x: (step: number) => (step + 0.5) * stepWidth,
    y: (value: number) => Math.max(0, up(value)),
    width: stepWidth,
  };
  const [line, ...bands] = data.layers;
  return (
    <div ref={ref}>
      <svg
        width={width}
        height={HEIGHT}
        className={css['mini']}
        role="img"
        aria-label={bandSummary(label, data, (value) => joined(metricQuantity(value, data.unit)))}
      >
        {[...bands]
          .reverse()
          .map((band, i) =>
            valueRuns(band.values).map((run) => (
              <path
                key={`${band.name} ${run.first}`}
                className={i === bands.length - 1 ? css['p95'] : css['p99']}
                d={areaPath(
                  band.values,
                  data.layers[data.layers.indexOf(band) - 1]?.values ?? null,
                  run,
                  place,
                )}
              />
            )),
          )}
        {line === undefined
          ? null
          : valueRuns(line.values).map((run) => (
              <path key={run.first} className={css['p50']} d={linePath(line.values, run, place)} />
            ))}
        {gapRuns(line?.values ?? [], YOUNG_STEPS).map(({ first, end }) => (
          <rect
            key={first}
            className={css['gap']}
            x={first * stepWidth}
            width={(end - first) * stepWidth}
            y={0}
            height={bottom}
          />
        ))}
        {limits.map((limit) => (
          <g key={limit} className={css['limit']}>
            <line x1={0} x2={width} y1={place.y(limit)} y2={place.y(limit)} />
          </g>
        ))}
        {placeMarkers(markers, atMs).map(({ ms, bad, x }) =>
          x < 0 || x > width ? null : (
            <g key={ms} className={css[bad ? 'marker-bad' : 'marker']}>
              <line x1={x} x2={x} y1={0} y2={bottom} />
            </g>
          ),
        )}
        <line className={css['axis']} x1={0} x2={width} y1={bottom} y2={bottom} />
        {data.series.lost.map((lost, step) =>
          lost === 0 ? null : (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place in time
              key={step}
              className={css['lost']}
              x={step * stepWidth}
              width={Math.max(1, stepWidth - 0.5)}
              y={bottom + 3}
              height={LANE - 4}
            />
          ),
        )}
      </svg>
    </div>
  );
}
