import { formatSeconds } from '@streamswarm/contract/format/numbers';
import type { PathHop } from '@streamswarm/contract/wire/views';
import { linear } from '../../../components/charts/linear.ts';
import { valueAxis } from '../../../components/charts/value-axis.ts';
import css from './paths.module.css';

const HEIGHT = 132;
const TOP = 18;
const BOTTOM = HEIGHT - 8;
const BAR = 12;
const HATCH = 36;
const TICKS = 3;

interface PathRoundTripsProps {
  readonly hops: readonly PathHop[];
  readonly before: readonly PathHop[] | null;
  readonly column: number;
}

/** Median and largest round trip of each hop under its place in the lane. */
export function PathRoundTrips({ hops, before, column }: PathRoundTripsProps) {
  const all = [...hops, ...(before ?? [])];
  const axis = valueAxis(
    all.map(({ maxSeconds }) => maxSeconds),
    TICKS,
  );
  if (axis === null) return <p className={css['small']}>No hop answered.</p>;
  const y = linear([0, axis.max], [BOTTOM, TOP]);
  const width = (hops.length + 1) * column;
  const x = (ttl: number): number => (ttl + 0.5) * column;
  const at = (value: number): number => Math.max(TOP, y(value));
  return (
    <svg width={width} height={HEIGHT} className={css['svg']} role="img" aria-label={words(hops)}>
      {axis.ticks.map((tick) => (
        <g key={tick}>
          <line className={css['grid']} x1={0} x2={width} y1={y(tick)} y2={y(tick)} />
          <text className={css['small']} x={0} y={y(tick) - 3}>
            {formatSeconds(tick)}
          </text>
        </g>
      ))}
      {hops.map(({ ttl, address, minSeconds, medianSeconds, maxSeconds }) =>
        minSeconds === null || medianSeconds === null || maxSeconds === null ? (
          <rect
            key={`${ttl} ${address}`}
            className={css['gap']}
            x={x(ttl) - HATCH / 2}
            width={HATCH}
            y={TOP}
            height={BOTTOM - TOP}
          />
        ) : (
          <g key={`${ttl} ${address}`}>
            <title>{bounds({ minSeconds, medianSeconds, maxSeconds })}</title>
            <rect
              className={css['bar']}
              x={x(ttl) - BAR / 2}
              width={BAR}
              y={at(maxSeconds)}
              height={Math.max(1, y(medianSeconds) - at(maxSeconds))}
            />
            <text className={css['value']} x={x(ttl)} y={at(maxSeconds) - 5} textAnchor="middle">
              {formatSeconds(maxSeconds)}
            </text>
          </g>
        ),
      )}
      {before === null ? null : <path className={css['before']} d={medians(before, hops.length, x, y)} />}
      <path className={css['median']} d={medians(hops, hops.length, x, y)} />
      {hops.map(({ ttl, address, medianSeconds }) =>
        medianSeconds === null ? null : (
          <circle key={`${ttl} ${address}`} className={css['dot']} cx={x(ttl)} cy={y(medianSeconds)} r={3} />
        ),
      )}
    </svg>
  );
}

type Bounds = { readonly [figure in 'minSeconds' | 'medianSeconds' | 'maxSeconds']: number };

function bounds({ minSeconds, medianSeconds, maxSeconds }: Bounds): string {
  return `smallest ${formatSeconds(minSeconds)}, median ${formatSeconds(medianSeconds)}, largest ${formatSeconds(maxSeconds)}`;
}

/** A line through the medians, broken where a hop has none. */
function medians(
  hops: readonly PathHop[],
  most: number,
  x: (ttl: number) => number,
  y: (value: number) => number,
): string {
  return hops
    .flatMap(({ ttl, medianSeconds }, i) => {
      if (medianSeconds === null || ttl > most) return [];
      const begins = i === 0 || hops[i - 1]?.medianSeconds === null;
      return [`${begins ? 'M' : 'L'}${x(ttl)} ${y(medianSeconds)}`];
    })
    .join('');
}

function words(hops: readonly PathHop[]): string {
  const parts = hops.map(({ ttl, medianSeconds }) =>
    medianSeconds === null ? `hop ${ttl} none` : `hop ${ttl} ${formatSeconds(medianSeconds)}`,
  );
  return `Median round trip: ${parts.join(', ')}`;
}
