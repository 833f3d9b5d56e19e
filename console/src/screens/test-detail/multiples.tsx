'use client';

import { DASH, joined, metricQuantity } from '@streamswarm/contract/format/numbers';
import type { Results, Series, TestDetail } from '@streamswarm/contract/wire/views';
import { type TestName, useTestResults } from '../../api/queries.ts';
import { bandData } from '../../components/charts/band-data.ts';
import { limitsTop } from '../../components/charts/limits-top.ts';
import type { Marker } from '../../components/charts/markers.ts';
import { MiniBand } from '../../components/charts/mini-band.tsx';
import { valueAxis } from '../../components/charts/value-axis.ts';
import { Empty, Panel } from '../../components/panel/panel.tsx';
import control from '../../components/shell/control.module.css';
import { Segments } from '../../components/shell/segments.tsx';
import { classes } from '../../components/state/class-names.ts';
import { useQueryState, useRange } from '../../url/use-query-state.ts';
import { limitsOf } from './limits.ts';
import { seriesLabel } from './series-label.ts';
import css from './test-detail.module.css';
import {
  type Apart,
  type ApartOf,
  apartsOf,
  destinationsOf,
  isMesh,
  kindOf,
  type ViewChoice,
} from './view-choice.ts';

/** So many are told apart on one screen; the worst are shown. */
const MOST = 24;

interface MultiplesProps {
  readonly name: TestName;
  readonly detail: TestDetail;
  readonly choice: ViewChoice;
  readonly markers: readonly Marker[];
}

const GROUPS = { agent: 'agent', destination: 'destination', pair: 'stream' } as const;

/** The same chart for each agent, destination or pair of a mesh; one scale for all. */
export function Multiples({ name, detail, choice, markers }: MultiplesProps) {
  const range = useRange();
  const { apart, from } = choice;
  const mesh = isMesh(detail, choice);
  const results = useTestResults(name, {
    range,
    probe: choice.probe ?? '',
    metric: choice.metric,
    destination: apart === 'destination' ? null : choice.destination,
    agent: from,
    by: GROUPS[apart],
    width: 90,
    enabled: choice.probe !== null,
  });
  const destinations = destinationsOf(detail, choice.probe);
  const only = choice.destination ?? (destinations.length === 1 ? (destinations[0] ?? null) : null);
  const several = apart !== 'destination' || destinations.length > 1;
  const limitsIn = ({ metric }: Results): number[] =>
    limitsOf(detail.manifest.spec, kindOf(detail, choice.probe), metric);
  return (
    <Panel
      title={from === null ? `By ${apart}` : `From ${from}`}
      caption={(data) => scaleWords(data, limitsIn(data))}
      aside={
        <>
          <ApartPicker
            choice={choice}
            apart={{ agents: detail.summary.agents.assigned, mesh, destinations: destinations.length }}
          />
          {upper(results.data) === 'p95' ? 'p95 now' : 'now'}
        </>
      }
      query={results}
      reading="the results apart"
      empty={(data) =>
        several && data.series.length > 0 ? null : (
          <Empty
            title={
              data.series.length > 0
                ? 'There is only one of them: it is drawn above.'
                : 'Nothing was measured in this time.'
            }
          />
        )
      }
    >
      {(data) => (
        <Charts
          results={data}
          choice={choice}
          only={only}
          mesh={mesh}
          limits={limitsIn(data)}
          markers={markers}
        />
      )}
    </Panel>
  );
}

/** What the small charts are told apart by, where there is more than one way. */
function ApartPicker({ choice, apart }: { readonly choice: ViewChoice; readonly apart: ApartOf }) {
  const { change } = useQueryState();
  const { from } = choice;
  const offered = apartsOf(apart);
  const tooManyPairs = apart.mesh && !offered.includes('pair');
  if (tooManyPairs && from !== null) {
    return (
      <button type="button" className={control['link']} onClick={() => change({ from: null })}>
        all agents
      </button>
    );
  }
  return (
    <>
      {tooManyPairs ? <span>an agent’s name opens its pairs</span> : null}
      {offered.length > 1 ? (
        <Segments
          label="What stays apart"
          options={offered.map((value) => ({ value, text: `by ${value}` }))}
          value={from === null ? choice.apart : NONE}
          onChoose={(by) => change({ by, from: null })}
        />
      ) : null}
    </>
  );
}

/** The pairs of one agent are none of the ways. */
const NONE: Apart | 'none' = 'none';

interface ChartsProps {
  readonly results: Results;
  readonly choice: ViewChoice;
  /** The destination that all of them lead to; null where there are several. */
  readonly only: string | null;
  readonly mesh: boolean;
  readonly limits: readonly number[];
  readonly markers: readonly Marker[];
}

function Charts({ results, choice, only, mesh, limits, markers }: ChartsProps) {
  const { change } = useQueryState();
  const axis = sharedAxis(results, limits);
  const ranked = [...results.series]
    .map((series) => ({ series, now: latest(series) }))
    .sort((a, b) => (b.now ?? -1) - (a.now ?? -1))
    .slice(0, MOST);
  return (
    <ul className={classes(css['multiples'], choice.apart === 'pair' && css['by-pair'])}>
      {ranked.map(({ series, now }) => {
        const label = seriesLabel(series, choice, only);
        const { agent } = series;
        return (
          <li key={`${agent} ${series.destination}`}>
            <p>
              {mesh && choice.apart === 'agent' && agent !== null ? (
                <button
                  type="button"
                  className={css['open']}
                  title={`${agent} to each of the others`}
                  onClick={() => change({ from: agent })}
                >
                  {label}
                </button>
              ) : (
                <b title={label}>{label}</b>
              )}
              <span>{now === null ? DASH : joined(metricQuantity(now, results.unit))}</span>
            </p>
            <MiniBand
              data={bandData(results, series)}
              max={axis}
              label={label}
              limits={limits}
              markers={markers}
            />
          </li>
        );
      })}
    </ul>
  );
}

/** Largest value of all charts: one scale, so that they compare. */
function sharedAxis({ series }: Results, limits: readonly number[]): number {
  const top = series.flatMap((each) => (each.p95.some((value) => value !== null) ? each.p99 : each.max));
  return valueAxis(top, undefined, limitsTop(limits))?.max ?? 1;
}

function scaleWords(results: Results, limits: readonly number[]): string {
  const text = (value: number): string => joined(metricQuantity(value, results.unit));
  const lines = limits.length === 0 ? '' : ` · line: limit ${limits.map(text).join(', ')}`;
  const shown = results.series.length > MOST ? `, ${MOST} of ${results.series.length}` : '';
  return `same scale 0 – ${text(sharedAxis(results, limits))}, highest first${shown}${lines}`;
}

function latest(series: Series): number | null {
  return (
    series.p95.findLast((value) => value !== null) ?? series.mean.findLast((value) => value !== null) ?? null
  );
}

function upper(results: Results | undefined): 'p95' | 'mean' {
  return results?.series.some(({ p95 }) => p95.some((value) => value !== null)) === true ? 'p95' : 'mean';
}
