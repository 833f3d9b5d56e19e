'use client';

import type { TestDetail } from '@streamswarm/contract/wire/views';
import { useCatalogue } from '../../api/queries.ts';
import { Choice } from '../../components/shell/choice.tsx';
import { useQueryState } from '../../url/use-query-state.ts';
import { metricWords } from './metric-words.ts';
import css from './test-detail.module.css';
import { destinationsOf, kindOf, probesOf, type ViewChoice } from './view-choice.ts';

const ALL = '';

/** Which of the streams is looked at: destination, probe and metric. */
export function Pickers({ detail, choice }: { readonly detail: TestDetail; readonly choice: ViewChoice }) {
  const { change } = useQueryState();
  const destinations = destinationsOf(detail, choice.probe);
  const metrics = useMetrics(kindOf(detail, choice.probe));
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

const DRAWN = ['samples', 'distribution', 'gauge'];
/** Statistics of the headline are its bands already. */
const BANDS = /^rtt_(min|mean|p50|p95|p99|max)_seconds$/;

/** What can be drawn of a kind of probe, its headline first. */
function useMetrics(kind: string | null): { value: string; text: string }[] {
  const catalogue = useCatalogue().data;
  const metrics = catalogue?.probes.find((probe) => probe.name === kind)?.metrics ?? [];
  return metrics
    .filter((metric) => DRAWN.includes(metric.kind) && !BANDS.test(metric.name))
    .sort((a, b) => DRAWN.indexOf(a.kind) - DRAWN.indexOf(b.kind))
    .map(({ name }) => ({ value: name, text: metricWords(name) }));
}
