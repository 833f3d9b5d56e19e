import type { PathHop } from '@streamswarm/contract/wire/views';
import { classes } from '../../../components/state/class-names.ts';
import css from './paths.module.css';

const HEIGHT = 74;
const HERE = 22;
const ASIDE = 58;
const RADIUS = 6;

interface PathLaneProps {
  readonly hops: readonly PathHop[];
  readonly before: readonly PathHop[] | null;
  /** For each hop, whether the path before had it. */
  readonly same: readonly boolean[];
  /** Width of a column, px. */
  readonly column: number;
}

/** The path as a line through its hops, silent ones dashed; where the path before went elsewhere, dotted. */
export function PathLane({ hops, before, same, column }: PathLaneProps) {
  const x = (index: number): number => (index + 0.5) * column;
  const width = (hops.length + 1) * column;
  return (
    <svg width={width} height={HEIGHT} className={css['svg']} role="img" aria-label={laneWords(hops, same)}>
      {hops.map(({ ttl, address }, i) => (
        <line
          key={`${ttl} ${address}`}
          className={classes(
            css['lane'],
            (address === null || hops[i - 1]?.address === null) && css['dashed'],
          )}
          x1={x(i)}
          x2={x(i + 1)}
          y1={HERE}
          y2={HERE}
        />
      ))}
      {before === null ? null : <Elsewhere hops={hops} before={before} same={same} x={x} />}
      <circle className={css['end']} cx={x(0)} cy={HERE} r={RADIUS} />
      {hops.map(({ ttl, address }, i) => (
        <circle
          key={`${ttl} ${address}`}
          className={classes(
            css['hop'],
            address === null && css['silent'],
            same[i] === false && css['changed'],
          )}
          cx={x(i + 1)}
          cy={HERE}
          r={RADIUS}
        />
      ))}
    </svg>
  );
}

interface ElsewhereProps extends Pick<PathLaneProps, 'hops' | 'same'> {
  readonly before: readonly PathHop[];
  readonly x: (index: number) => number;
}

/** Where the path before left this one, and where it came back. */
function Elsewhere({ hops, before, same, x }: ElsewhereProps) {
  const height = (index: number): number => (index < 0 || same[index] !== false ? HERE : ASIDE);
  return hops.map(({ ttl }, i) => {
    if (height(i) === HERE && height(i - 1) === HERE) return null;
    const old = before.find((hop) => hop.ttl === ttl);
    const left = old === undefined && height(i) === ASIDE;
    const [x1, x2, y1, y2] = [x(i), x(i + 1), height(i - 1), height(i)];
    const middle = (x1 + x2) / 2;
    return (
      <g key={ttl}>
        {left ? null : (
          <path className={css['before']} d={`M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`} />
        )}
        {old === undefined || height(i) === HERE ? null : (
          <>
            <circle className={css['old']} cx={x2} cy={y2} r={4.5} />
            <text className={css['small']} x={x2} y={y2 + 15} textAnchor="middle">
              {old.address ?? 'no answer'}
            </text>
          </>
        )}
      </g>
    );
  });
}

function laneWords(hops: readonly PathHop[], same: readonly boolean[]): string {
  const silent = hops.filter(({ address }) => address === null).map(({ ttl }) => ttl);
  const changed = hops.filter((_, i) => same[i] === false).map(({ ttl }) => ttl);
  return [
    `${hops.length} hops`,
    silent.length === 0 ? null : `no answer at hop ${silent.join(', ')}`,
    changed.length === 0 ? null : `other than before at hop ${changed.join(', ')}`,
  ]
    .filter((part) => part !== null)
    .join('; ');
}
