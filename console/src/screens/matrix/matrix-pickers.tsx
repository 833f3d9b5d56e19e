'use client';

import type { TestDetail, TestSummary } from '@streamswarm/contract/wire/views';
import { type TestName, useCatalogue } from '../../api/queries.ts';
import { Button } from '../../components/shell/button.tsx';
import { Choice } from '../../components/shell/choice.tsx';
import { Segments } from '../../components/shell/segments.tsx';
import { useQueryState } from '../../url/use-query-state.ts';
import { metricWords } from '../test-detail/metric-words.ts';
import { kindOf, probesOf } from '../test-detail/view-choice.ts';
import { ORDERS, type Order, STATS, type Stat } from './grid.ts';
import css from './matrix.module.css';

interface MatrixPickersProps {
  readonly name: TestName;
  readonly tests: readonly TestSummary[];
  readonly detail: TestDetail | undefined;
  readonly choice: {
    readonly probe: string | null;
    readonly metric: string | null;
    readonly stat: Stat;
    readonly order: Order;
    /** Destinations down, sources across. */
    readonly isTurned: boolean;
  };
}

/** What the cells are about, all of it in the address. */
export function MatrixPickers({ name, tests, detail, choice }: MatrixPickersProps) {
  const { change } = useQueryState();
  const own = `${name.namespace}/${name.name}`;
  const names = tests.map((test) => `${test.namespace}/${test.name}`);
  const metrics = useSpreadMetrics(detail === undefined ? null : kindOf(detail, choice.probe));
  const [headline] = metrics;
  return (
    <div className={css['pickers']}>
      <Choice
        label="Test"
        compact
        value={own}
        options={(names.includes(own) ? names : [own, ...names]).map(same)}
        onChoose={(test) => change({ test, probe: null, metric: null, cell: null })}
      />
      {detail === undefined || choice.probe === null ? null : (
        <Choice
          label="Probe"
          value={choice.probe}
          options={probesOf(detail).map(same)}
          onChoose={(probe) => change({ probe, metric: null })}
        />
      )}
      {headline === undefined || metrics.length < 2 ? null : (
        <Choice
          label="Metric"
          compact
          value={choice.metric ?? headline}
          options={metrics.map((metric) => ({ value: metric, text: metricWords(metric) }))}
          onChoose={(metric) => change({ metric: metric === headline ? null : metric })}
        />
      )}
      <Segments
        label="Statistic"
        options={STATS.map(same)}
        value={choice.stat}
        onChoose={(stat) => change({ stat: stat === 'p95' ? null : stat })}
      />
      <Segments
        label="Order"
        options={ORDERS.map((order) => ({
          value: order,
          text: order === 'worst' ? 'worst first' : 'by name',
        }))}
        value={choice.order}
        onChoose={(order) => change({ order: order === 'worst' ? null : order })}
      />
      <Button
        shortcut="T"
        aria-pressed={choice.isTurned}
        onClick={() => change({ turn: choice.isTurned ? null : 'round' })}
      >
        Turn round
      </Button>
    </div>
  );
}

function same<T extends string>(text: T): { value: T; text: T } {
  return { value: text, text };
}

/** Metrics of a kind of probe that have percentiles, its headline first. */
function useSpreadMetrics(kind: string | null): string[] {
  const metrics = useCatalogue().data?.probes.find((probe) => probe.name === kind)?.metrics ?? [];
  return ['samples', 'distribution'].flatMap((spread) =>
    metrics.flatMap((metric) => (metric.kind === spread ? [metric.name] : [])),
  );
}
