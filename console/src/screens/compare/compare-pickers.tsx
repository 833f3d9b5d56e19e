'use client';

import { Choice } from '../../components/shell/choice.tsx';
import { useQueryState } from '../../url/use-query-state.ts';
import { useDrawnMetrics } from '../test-detail/use-drawn-metrics.ts';
import css from './compare.module.css';

interface ComparePickersProps {
  readonly kinds: readonly string[];
  readonly kind: string;
  readonly metric: string | null;
}

/** What is compared, in the address. */
export function ComparePickers({ kinds, kind, metric }: ComparePickersProps) {
  const { change } = useQueryState();
  const metrics = useDrawnMetrics(kind);
  const [headline] = metrics;
  return (
    <div className={css['bar']}>
      <Choice
        label="Probe"
        value={kind}
        options={kinds.map((value) => ({ value, text: value }))}
        onChoose={(probe) => change({ probe, metric: null })}
      />
      {metrics.length > 1 ? (
        <Choice
          label="Metric"
          compact
          value={metric ?? headline?.value ?? ''}
          options={metrics}
          onChoose={(wanted) => change({ metric: wanted === headline?.value ? null : wanted })}
        />
      ) : null}
    </div>
  );
}
