'use client';

import { joined, metricQuantity } from '@streamswarm/contract/format/numbers';
import type { Results, TestDetail } from '@streamswarm/contract/wire/views';
import { type TestName, useTestResults } from '../../api/queries.ts';
import type { Marker } from '../../components/charts/markers.ts';
import { Empty, Panel } from '../../components/panel/panel.tsx';
import control from '../../components/shell/control.module.css';
import { Segments } from '../../components/shell/segments.tsx';
import { useQueryState, useRange } from '../../url/use-query-state.ts';
import { limitsOf } from './limits.ts';
import { MultipleCharts } from './multiple-charts.tsx';
import { MOST, sharedAxis } from './ranked-series.ts';
import {
  type Apart,
  type ApartOf,
  apartsOf,
  destinationsOf,
  isMesh,
  kindOf,
  type ViewChoice,
} from './view-choice.ts';

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
      caption={(data) => scaleWords(data, limitsIn(data), choice.off)}
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
        <MultipleCharts
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
          onChoose={(by) => change({ by, from: null, off: null })}
        />
      ) : null}
    </>
  );
}

/** The pairs of one agent are none of the ways. */
const NONE: Apart | 'none' = 'none';

function scaleWords(results: Results, limits: readonly number[], off: readonly string[]): string {
  const drawn = results.series.filter(({ agent }) => agent === null || !off.includes(agent));
  const text = (value: number): string => joined(metricQuantity(value, results.unit));
  const lines = limits.length === 0 ? '' : ` · line: limit ${limits.map(text).join(', ')}`;
  const shown = results.series.length > MOST ? `, ${MOST} of ${results.series.length}` : '';
  return `same scale 0 – ${text(sharedAxis(drawn, limits))}, highest first${shown}${lines}`;
}

function upper(results: Results | undefined): 'p95' | 'mean' {
  return results?.series.some(({ p95 }) => p95.some((value) => value !== null)) === true ? 'p95' : 'mean';
}
