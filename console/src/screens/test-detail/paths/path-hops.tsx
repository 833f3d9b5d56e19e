'use client';

import { formatPercent } from '@streamswarm/contract/format/numbers';
import { sameHops } from '@streamswarm/contract/probes/same-hops';
import type { NetworkPath, PathHop } from '@streamswarm/contract/wire/views';
import { classes } from '../../../components/state/class-names.ts';
import { useWidth } from '../../../components/state/use-width.ts';
import { Missing } from '../../../components/table/missing.tsx';
import table from '../../../components/table/table.module.css';
import { lossBegins } from './compare-paths.ts';
import { PathLane } from './path-lane.tsx';
import { PathRoundTrips } from './path-round-trips.tsx';
import css from './paths.module.css';

/** Left of the columns: what a row says. */
const LABEL = 92;
const LEAST_COLUMN = 90;
/** A share of so few packets says less than their number. */
const FEW = 10;

/** What is drawn of a path, or of one trace. */
export type DrawnPath = Pick<NetworkPath, 'agent' | 'reached' | 'hops'>;

/** Keys must reach what is wider than its place. */
const SCROLLED = { role: 'group', 'aria-label': 'Hops of the path', tabIndex: 0 } as const;

interface PathHopsProps {
  readonly path: DrawnPath;
  readonly before: DrawnPath | null;
}

/** The hops of one path side by side: lane, router, round trip and loss stand under each other. */
export function PathHops({ path, before }: PathHopsProps) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const columns = path.hops.length + 1;
  const column = Math.max(LEAST_COLUMN, Math.floor((width - LABEL) / columns));
  const same =
    before === null
      ? path.hops.map(() => true)
      : sameHops(path.hops, { hops: before.hops, reached: before.reached > 0 });
  const lossFrom = lossBegins(path.hops);
  const cells = { className: classes(css['label'], css['cell'], css['ttl']), style: { width: column } };
  return (
    <div
      ref={ref}
      className={css['scroll']}
      {...(width > 0 && LABEL + column * columns > width ? SCROLLED : {})}
    >
      <table className={css['hops']} style={{ width: LABEL + column * columns }}>
        <thead>
          <tr>
            <th scope="col" style={{ width: LABEL }}>
              <span className="visually-hidden">What</span>
            </th>
            <th scope="col" {...cells}>
              source
            </th>
            {path.hops.map(({ ttl, address }) => (
              <th key={`${ttl} ${address}`} scope="col" {...cells}>
                {path.reached > 0 && ttl === path.hops.at(-1)?.ttl ? `${ttl}, destination` : `hop ${ttl}`}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row" className={css['label']}>
              <span className="visually-hidden">Path</span>
            </th>
            <td colSpan={columns}>
              <PathLane hops={path.hops} before={before?.hops ?? null} same={same} column={column} />
            </td>
          </tr>
          <tr className={css['routers']}>
            <th scope="row" className={css['label']}>
              Router
            </th>
            <td className={css['cell']}>
              <b title={path.agent}>{path.agent}</b>
            </td>
            {path.hops.map((hop, i) => (
              <td key={`${hop.ttl} ${hop.address}`} className={css['cell']}>
                <Router hop={hop} isNew={same[i] === false} />
              </td>
            ))}
          </tr>
          <tr>
            <th scope="row" className={css['label']}>
              Round trip
              <small>line median, bar to largest</small>
            </th>
            <td colSpan={columns}>
              <PathRoundTrips hops={path.hops} before={before?.hops ?? null} column={column} />
            </td>
          </tr>
          <tr className={css['row']}>
            <th scope="row" className={css['label']}>
              Lost
              {path.hops.some((hop) => isThrift(hop, lossFrom)) ? (
                <small>* answers less often than those behind it</small>
              ) : null}
            </th>
            <td className={css['cell']} />
            {path.hops.map((hop) => (
              <td key={`${hop.ttl} ${hop.address}`} className={css['cell']}>
                <Lost hop={hop} isThrift={isThrift(hop, lossFrom)} />
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </div>
  );
}

function Router({ hop, isNew }: { readonly hop: PathHop; readonly isNew: boolean }) {
  if (hop.address === null) return <span className={table['ink3']}>no answer</span>;
  return (
    <>
      <b className={classes(isNew && css['new'])} title={hop.address}>
        {hop.address}
      </b>
      {hop.unreachable === null ? null : <small className={css['new']}>{hop.unreachable}</small>}
    </>
  );
}

/** Losses that do not stay up to the end: that router answers less often, which is no loss of the path. */
function isThrift({ ttl, address, lost }: PathHop, lossFrom: number | null): boolean {
  return address !== null && lost > 0 && (lossFrom === null || ttl < lossFrom);
}

function Lost({ hop, isThrift }: { readonly hop: PathHop; readonly isThrift: boolean }) {
  if (hop.address === null) return <Missing why="Nothing answered at this hop." />;
  const text =
    hop.sent < FEW ? `${hop.lost}\u00a0of\u00a0${hop.sent}` : formatPercent(hop.lost / hop.sent, 1);
  if (!isThrift)
    return (
      <span className={classes(hop.lost > 0 && table['bad'])} title={`${hop.lost} of ${hop.sent} packets`}>
        {text}
      </span>
    );
  return (
    <span
      title={`${hop.lost} of ${hop.sent} not answered, but a later hop answers all: rate limit, not loss`}
    >
      {text}*
    </span>
  );
}
