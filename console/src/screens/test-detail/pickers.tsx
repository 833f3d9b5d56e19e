'use client';

import type { TestDetail } from '@streamswarm/contract/wire/views';
import { Choice } from '../../components/shell/choice.tsx';
import { useQueryState } from '../../url/use-query-state.ts';
import css from './test-detail.module.css';
import { useDrawnMetrics } from './use-drawn-metrics.ts';
import { destinationsOf, kindOf, probesOf, type ViewChoice } from './view-choice.ts';

const ALL = '';

/** Which of the streams is looked at: destination, probe and metric. */
export function Pickers({ detail, choice }: { readonly detail: TestDetail; readonly choice: ViewChoice }) {
  const { change } = useQueryState();
  const destinations = destinationsOf(detail, choice.probe);
  const metrics = useDrawnMetrics(kindOf(detail, choice.probe));
  return (
    <div className={css['pickers']}>
      {destinations.length > 1 ? (
        <Choice
          label="Destination"
          value={choice.destination ?? ALL}
          options={[
            { value: ALL, text: 'all destinations' },
            ...destinations.map((name) => ({ value: name, text: name })),
          ]}
          onChoose={(dest) => change({ dest: dest === ALL ? null : dest })}
        />
      ) : null}
      <Choice
        label="Probe"
        value={choice.probe ?? ''}
        options={probesOf(detail).map((name) => ({ value: name, text: name }))}
        onChoose={(probe) => change({ probe, metric: null })}
      />
      {metrics.length > 1 ? (
        <Choice
          label="Metric"
          compact
          value={choice.metric ?? metrics[0]?.value ?? ''}
          options={metrics}
          onChoose={(metric) => change({ metric: metric === metrics[0]?.value ? null : metric })}
        />
      ) : null}
    </div>
  );
}
