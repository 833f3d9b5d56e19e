'use client';

import { formatCount, formatPercent, formatSeconds } from '@streamswarm/contract/format/numbers';
import { sameHops } from '@streamswarm/contract/probes/same-hops';
import type { Trace, TracedHop } from '@streamswarm/contract/wire/traces';
import type { NetworkPath, PathHop } from '@streamswarm/contract/wire/views';
import { classes } from '../../components/state/class-names.ts';
import { Missing } from '../../components/table/missing.tsx';
import { ScrollBox } from '../../components/table/scroll-box.tsx';
import table from '../../components/table/table.module.css';
import { lossBegins } from '../test-detail/paths/compare-paths.ts';
import css from './paths.module.css';

interface HopTableProps {
  readonly trace: Trace;
  /** What it is compared with; null where there is nothing to compare with. */
  readonly before: Trace | null;
  /** All traces of this time that went the same way. */
  readonly path: NetworkPath | null;
  readonly clock: (ms: number) => string;
}

/** The hops of a trace in words and numbers, beside what all traces of the same path say. */
export function HopTable({ trace, before, path, clock }: HopTableProps) {
  const same = sameHops(trace.path, { hops: before?.path ?? [], reached: before?.hops != null });
  const right = (word: string, hide?: 'wide' | 'detail') => (
    <th scope="col" className={classes(table['right'], hide && css[hide])}>
      {word}
    </th>
  );
  return (
    <section aria-label="Hop table">
      <h2 className={css['heading']}>
        Hop by hop{' '}
        <small>
          {[
            `this trace of ${clock(Date.parse(trace.at))}`,
            before === null ? null : `that of ${clock(Date.parse(before.at))}`,
            path === null
              ? null
              : `all ${formatCount(path.traces)} ${path.traces === 1 ? 'trace' : 'traces'} of its path in this time`,
          ]
            .filter((part) => part !== null)
            .join(', then ')}
        </small>
      </h2>
      <ScrollBox label="Hops" className={css['scroll']}>
        <table className={classes(table['table'], css['hops'])}>
          <thead>
            <tr>
              <th scope="col">Hop</th>
              <th scope="col">Router</th>
              {right('Answered')}
              {right('Smallest', 'detail')}
              {right('Median')}
              {right('Largest', 'detail')}
              {before === null ? null : (
                <th scope="col" className={classes(css['wide'], css['left'])}>
                  Before
                </th>
              )}
              {before === null ? null : right('Median before', 'wide')}
              {right('Lost, all')}
              {right('Median, all', 'detail')}
              {right('Largest, all', 'detail')}
            </tr>
          </thead>
          <tbody>
            {trace.path.map((hop, i) => (
              <tr key={hop.ttl}>
                <td>{hop.ttl}</td>
                <td className={css['router']}>
                  <Router hop={hop} isNew={same[i] === false} isEnd={hop.ttl === trace.hops} />
                </td>
                <td className={table['right']}>
                  {hop.sent - hop.lost} of {hop.sent}
                </td>
                <Seconds value={hop.minSeconds} hide="detail" />
                <Seconds value={hop.medianSeconds} />
                <Seconds value={hop.maxSeconds} hide="detail" />
                {before === null ? null : <Before hop={before.path.find(({ ttl }) => ttl === hop.ttl)} />}
                <OverAll path={path} hop={hop} />
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </section>
  );
}

interface RouterProps {
  readonly hop: TracedHop;
  readonly isNew: boolean;
  readonly isEnd: boolean;
}

function Router({ hop: { address, others, unreachable }, isNew, isEnd }: RouterProps) {
  if (address === null) return <Missing word="no answer" why={SILENT} />;
  return (
    <>
      <b className={classes(isNew && css['new'])}>{address}</b>
      {isEnd ? <span className={table['ink2']}> destination</span> : null}
      {isNew ? <span className={css['new']}> other than before</span> : null}
      {others.length === 0 ? null : <span className={table['ink2']}> also {others.join(', ')}</span>}
      {unreachable === null ? null : <span className={css['new']}> {unreachable}</span>}
    </>
  );
}

const SILENT = 'Nothing answered at this hop: it forwards without a word, or its answers were lost.';

interface SecondsProps {
  readonly value: number | null;
  /** Where there is no room for it. */
  readonly hide?: 'wide' | 'detail';
}

function Seconds({ value, hide }: SecondsProps) {
  return (
    <td className={classes(table['right'], hide && css[hide])}>
      {value === null ? <Missing why={SILENT} /> : formatSeconds(value)}
    </td>
  );
}

function Before({ hop }: { readonly hop: TracedHop | undefined }) {
  return (
    <>
      <td className={classes(css['wide'], css['left'])}>
        {hop === undefined ? (
          <Missing why="That trace ended before this hop." />
        ) : (
          (hop.address ?? <Missing word="no answer" why={SILENT} />)
        )}
      </td>
      <Seconds value={hop?.medianSeconds ?? null} hide="wide" />
    </>
  );
}

/** The same hop over all traces of the path. */
function OverAll({ path, hop }: { readonly path: NetworkPath | null; readonly hop: TracedHop }) {
  const there = path?.hops.filter(({ ttl }) => ttl === hop.ttl) ?? [];
  const own = there.find(({ address }) => address === hop.address);
  if (path === null || own === undefined) {
    const why = 'The traces of this path in this time are not known.';
    return ['lost', 'median', 'largest'].map((figure) => (
      <td key={figure} className={classes(table['right'], figure !== 'lost' && css['detail'])}>
        <Missing why={why} />
      </td>
    ));
  }
  return (
    <>
      <td className={table['right']}>
        <Lost hop={own} from={lossBegins(path.hops)} />
      </td>
      <Seconds value={own.medianSeconds} hide="detail" />
      <Seconds value={own.maxSeconds} hide="detail" />
    </>
  );
}

/** Red begins where the loss goes on to the end; before it is the thrift of a router. */
function Lost({ hop, from }: { readonly hop: PathHop; readonly from: number | null }) {
  if (hop.address === null) return <Missing why={SILENT} />;
  const isReal = from !== null && hop.ttl >= from && hop.lost > 0;
  const words = `${formatCount(hop.lost)} of ${formatCount(hop.sent)}`;
  return (
    <span className={classes(isReal && table['bad'])} title={words}>
      {hop.lost === 0 ? '0\u00a0%' : formatPercent(hop.lost / hop.sent, 1)}
      {isReal || hop.lost === 0 ? '' : '*'}
      <span className={classes(table['ink2'], css['wide'])}> {words}</span>
    </span>
  );
}
