import { joined, metricQuantity } from '@streamswarm/contract/format/numbers';
import css from './band-chart.module.css';
import { areaPath, linePath } from './band-paths.ts';
import { type Marker, placeMarkers } from './markers.ts';
import { type PlotData, type PlotGeometry, spreadLabels } from './plot-geometry.ts';
import { gapRuns, valueRuns } from './runs.ts';
import { tickText } from './tick-text.ts';
import { timeTicks } from './time-axis.ts';

export { plotOf } from './plot-geometry.ts';

/** The newest steps may still be on their way: so many without a value are no gap yet. */
export const YOUNG_STEPS = 3;

interface PlotPart {
  readonly plot: PlotGeometry;
  readonly data: PlotData;
}

interface PlotProps extends PlotPart {
  readonly markers: readonly Marker[];
  readonly heldMs: number | null;
}

export function Plot({ plot, data, markers, heldMs }: PlotProps) {
  return (
    <>
      <Grid plot={plot} data={data} />
      <Bands plot={plot} data={data} />
      <Gaps plot={plot} data={data} heldMs={heldMs} />
      <EndLabels plot={plot} data={data} />
      <Markers plot={plot} markers={markers} />
    </>
  );
}

/** A tick nearer than this to that of a limit would be written over. */
const TICK_ROOM_PX = 13;

export function Grid({ plot, data }: PlotPart) {
  const { axis, limits, left, right, width, top, bottom, laneBottom } = plot;
  const last = axis?.ticks.at(-1);
  return (
    <g>
      {timeTicks(data.fromMs, plot.toMs, plot.innerWidth).map(({ ms, text }) => (
        <g key={ms}>
          <line className={css['grid']} x1={plot.atMs(ms)} x2={plot.atMs(ms)} y1={top} y2={laneBottom} />
          {plot.timeAxis ? (
            <text className={css['tick']} x={plot.atMs(ms)} y={laneBottom + 15} textAnchor="middle">
              {text}
            </text>
          ) : null}
        </g>
      ))}
      {(axis?.ticks ?? [0]).map((tick) => (
        <g key={tick}>
          <line
            className={tick === 0 ? css['axis'] : css['grid']}
            x1={left}
            x2={width - right}
            y1={plot.y(tick)}
            y2={plot.y(tick)}
          />
          {limits.some((limit) => Math.abs(plot.y(limit) - plot.y(tick)) < TICK_ROOM_PX) ? null : (
            <text className={css['tick']} x={left - 7} y={plot.y(tick) + 4} textAnchor="end">
              {tickText(tick, last ?? 0, data.unit)}
            </text>
          )}
        </g>
      ))}
      <line className={css['axis']} x1={left} x2={width - right} y1={bottom} y2={bottom} />
    </g>
  );
}

function Bands({ plot, data }: PlotPart) {
  const [line, ...bands] = data.layers;
  if (line === undefined || plot.axis === null) return null;
  const place = { x: plot.x, y: plot.y, width: plot.stepWidth };
  const middle = bands.length === 2 ? bands[0] : undefined;
  return (
    <g>
      {[...bands].reverse().map((band) => {
        const i = data.layers.indexOf(band);
        const lower = data.layers[i - 1];
        return valueRuns(band.values).map((run) => (
          <path
            key={`${band.name} ${run.first}`}
            className={band === middle || bands.length === 1 ? css['p95'] : css['p99']}
            d={areaPath(band.values, lower?.values ?? null, run, place)}
          />
        ));
      })}
      {bands.map((band) =>
        valueRuns(band.values).map((run) => (
          <path
            key={`${band.name} ${run.first}`}
            className={band === middle ? css['p95-edge'] : css['p99-edge']}
            d={linePath(band.values, run, place)}
          />
        )),
      )}
      {valueRuns(line.values).map((run) => (
        <path key={run.first} className={css['p50']} d={linePath(line.values, run, place)} />
      ))}
      <Clipped plot={plot} data={data} />
    </g>
  );
}

const MERGE_PX = 40;

/** Ticks at the upper edge for what does not fit, the largest of each neighbourhood with its number. */
export function Clipped({ plot, data }: PlotPart) {
  if (plot.axis?.clips !== true) return null;
  const top = data.layers.at(-1)?.values ?? [];
  const max = plot.axis?.max ?? Number.POSITIVE_INFINITY;
  const peaks: { step: number; value: number }[] = [];
  top.forEach((value, step) => {
    if (value === null || value <= max) return;
    const last = peaks.at(-1);
    if (last === undefined || plot.x(step) - plot.x(last.step) > MERGE_PX) peaks.push({ step, value });
    else if (value > last.value) Object.assign(last, { step, value });
  });
  return peaks.map(({ step, value }) => (
    <g key={step}>
      <path className={css['clip']} d={`M${plot.x(step) - 3},${plot.top + 5}l3,-5l3,5Z`} />
      <text className={css['tick']} x={plot.x(step)} y={plot.top - 4} textAnchor="middle">
        {joined(metricQuantity(value, data.unit))}
      </text>
    </g>
  ));
}

export function Gaps({ plot, data, heldMs }: PlotPart & { readonly heldMs: number | null }) {
  const held = heldMs === null ? null : Math.max(plot.left, plot.atMs(heldMs));
  const end = plot.left + plot.innerWidth;
  return (
    <g>
      {gapRuns(data.layers[0]?.values ?? [], YOUNG_STEPS).map(({ first, end: stop }) => (
        <rect
          key={first}
          className={css['gap']}
          x={plot.edge(first)}
          width={plot.edge(stop) - plot.edge(first)}
          y={plot.top}
          height={plot.bottom - plot.top}
        />
      ))}
      {held !== null && held < end ? (
        <>
          <rect
            className={css['gap']}
            x={held}
            width={end - held}
            y={plot.top}
            height={plot.bottom - plot.top}
          />
          <line className={css['cursor']} x1={held} x2={held} y1={plot.top} y2={plot.bottom} />
        </>
      ) : null}
    </g>
  );
}

const LABEL_GAP = 14;

/** Names stand where the bands end, in place of a legend. */
function EndLabels({ plot, data }: PlotPart) {
  if (plot.axis === null) return null;
  const ends = data.layers.flatMap(({ name, values }) => {
    const last = values.findLast((value) => value !== null);
    return last === undefined || last === null ? [] : [{ name, y: plot.y(last) }];
  });
  const ys = spreadLabels(
    ends.map((end) => Math.min(end.y, plot.bottom - 4)),
    LABEL_GAP,
    plot.top,
  );
  return (
    <g>
      {ends.map(({ name }, i) => (
        <text
          key={name}
          className={name === 'p95' ? css['label-strong'] : css['label']}
          x={plot.width - plot.right + 6}
          y={(ys[i] ?? 0) + 4}
        >
          {name}
        </text>
      ))}
    </g>
  );
}

/** Room that the words of a marker need beside it. */
const WORDS_PX = 60;

export function Markers({ plot, markers }: Pick<PlotPart, 'plot'> & { readonly markers: readonly Marker[] }) {
  const end = plot.left + plot.innerWidth;
  const shown = markers.filter(({ ms }) => plot.atMs(ms) >= plot.left && plot.atMs(ms) <= end);
  const placed = placeMarkers(shown, plot.atMs);
  return (
    <g>
      {placed.map(({ ms, text, bad, x }, i) => {
        const room = (placed[i + 1]?.x ?? plot.width) - x - 14;
        return (
          <g key={ms} className={bad ? css['marker-bad'] : css['marker']}>
            <line x1={x} x2={x} y1={8} y2={plot.laneBottom} />
            <path d={`M${x - 4},3h8l-4,6Z`} />
            {room > WORDS_PX ? (
              <text x={x + 8} y={11}>
                {fitted(text, room)}
              </text>
            ) : null}
          </g>
        );
      })}
    </g>
  );
}

const LETTER_PX = 5.8;

function fitted(text: string, px: number): string {
  const letters = Math.floor(px / LETTER_PX);
  return text.length <= letters ? text : `${text.slice(0, letters - 1)}…`;
}
