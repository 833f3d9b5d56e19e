'use client';

import {
  formatCount,
  formatLargeCount,
  formatSeconds,
  percentQuantity,
  type Quantity,
  secondsQuantity,
  threeDigits,
} from '@streamswarm/contract/format/numbers';
import type { Accounting } from '@streamswarm/contract/wire/books';
import type { Fleet } from '@streamswarm/contract/wire/views';
import type { ReactNode } from 'react';
import { useAllResults } from '../../api/queries.ts';
import { Sparkline } from '../../components/charts/sparkline.tsx';
import { classes } from '../../components/state/class-names.ts';
import { Missing } from '../../components/table/missing.tsx';
import { type Range, rangeLabel } from '../../url/range.ts';
import css from './overview.module.css';

interface FleetLineProps {
  readonly range: Range;
  readonly fleet: Fleet | undefined;
  readonly books: Accounting | undefined;
}

/** The fleet in six figures. */
export function FleetLine({ range, fleet, books }: FleetLineProps) {
  const label = rangeLabel(range);
  const results = useAllResults({ range, probe: 'icmp', metric: 'rtts_seconds', by: 'none', width: 240 });
  const series = results.data?.series[0];
  return (
    <section className={css['fleet']} aria-label="Fleet">
      <Agents fleet={fleet} />
      <Tests fleet={fleet} />
      <Cell title="Samples per second" note="answered, over the last minute">
        {fleet === undefined ? null : fleet.samplesPerSecond === null ? (
          <Missing why="the operator has only just started" />
        ) : (
          <b>{rate(fleet.samplesPerSecond)}</b>
        )}
      </Cell>
      <Cell
        title={
          <>
            Round trip p95<span className={css['hide']}>, icmp, {label}</span>
          </>
        }
        note={ownError(fleet)}
      >
        <Value
          quantity={fleet?.p95Seconds == null ? null : secondsQuantity(fleet.p95Seconds)}
          loaded={fleet !== undefined}
        />
        {series === undefined ? null : (
          <Sparkline values={series.p95} label={`p95 round trip over ${label}`} width={90} />
        )}
      </Cell>
      <Cell
        title={
          <>
            Loss<span className={css['hide']}>, icmp, {label}</span>
          </>
        }
        note={lossNote(fleet)}
      >
        <Value
          quantity={
            fleet === undefined || fleet.lossCounts.sent === 0
              ? null
              : percentQuantity(fleet.lossCounts.lost / fleet.lossCounts.sent)
          }
          loaded={fleet !== undefined}
        />
        {series === undefined ? null : (
          <Sparkline
            values={series.sent.map((sent, i) => (sent === 0 ? null : (series.lost[i] ?? 0) / sent))}
            label={`loss over ${label}`}
            width={84}
          />
        )}
      </Cell>
      <Cell title="Unaccounted" note="must be 0">
        {books === undefined ? null : (
          <b className={classes(books.unaccounted > 0 && css['bad'])}>{formatCount(books.unaccounted)}</b>
        )}
      </Cell>
    </section>
  );
}

function Cell({ title, note, children }: { title: ReactNode; note: ReactNode; children: ReactNode }) {
  return (
    <div className={css['cell']}>
      <h2>{title}</h2>
      <div className={css['reading']}>{children}</div>
      <p>{note}</p>
    </div>
  );
}

function Value({ quantity, loaded }: { readonly quantity: Quantity | null; readonly loaded: boolean }) {
  if (quantity === null) return loaded ? <Missing why="nothing was measured by icmp in this time" /> : null;
  return (
    <>
      <b>{quantity.value}</b>
      <span className={css['unit']}>{quantity.unit}</span>
    </>
  );
}

/** So many ticks are still told apart. */
const MOST_TICKS = 120;

function Agents({ fleet }: { readonly fleet: Fleet | undefined }) {
  const agents = fleet?.agents ?? [];
  const online = agents.filter((agent) => agent.online).length;
  const offline = agents.length - online;
  const words =
    fleet === undefined
      ? ''
      : agents.length === 0
        ? 'none has joined yet'
        : offline === 0
          ? 'all heard'
          : `${online} ok`;
  return (
    <Cell
      title="Agents online"
      note={
        <>
          {offline > 0 ? <span className={css['bad']}>{offline} offline</span> : null}
          {offline > 0 ? ', ' : ''}
          {words}
        </>
      }
    >
      {fleet === undefined ? null : (
        <>
          <b>{online}</b>
          <span>/ {agents.length}</span>
          <span className={css['ticks']} aria-hidden="true">
            {agents.slice(0, MOST_TICKS).map((agent) => (
              <i key={agent.name} title={agent.name} className={classes(!agent.online && css['off'])} />
            ))}
          </span>
        </>
      )}
    </Cell>
  );
}

function Tests({ fleet }: { readonly fleet: Fleet | undefined }) {
  if (fleet === undefined)
    return (
      <Cell title="Tests running" note="">
        {null}
      </Cell>
    );
  const { Running = 0, Failed = 0, Scheduled = 0 } = fleet.tests;
  const all = Object.values(fleet.tests).reduce((sum, count) => sum + count, 0);
  const words = Scheduled > 0 ? `${Scheduled} scheduled` : '';
  return (
    <Cell
      title="Tests running"
      note={
        <>
          {words === '' && Failed === 0
            ? all === 0
              ? 'none yet'
              : Running === all
                ? 'all of them'
                : 'the others rest'
            : words}
          {words !== '' && Failed > 0 ? ', ' : ''}
          {Failed > 0 ? <span className={css['bad']}>{Failed} failed</span> : null}
        </>
      }
    >
      <b>{Running}</b>
      <span>/ {all}</span>
    </Cell>
  );
}

function rate(perSecond: number): string {
  return perSecond === 0 || perSecond >= 1_000 ? formatCount(perSecond) : threeDigits(perSecond);
}

function ownError(fleet: Fleet | undefined): string {
  if (fleet === undefined) return '';
  return fleet.selfErrorP99Seconds === null
    ? 'own error not known'
    : `own error ±${formatSeconds(fleet.selfErrorP99Seconds)} p99`;
}

function lossNote(fleet: Fleet | undefined): string {
  if (fleet === undefined) return '';
  const { sent, lost } = fleet.lossCounts;
  return `${formatCount(lost)} of ${formatLargeCount(sent)} packets`;
}
