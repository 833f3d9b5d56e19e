'use client';

import { joined, metricQuantity } from '@streamswarm/contract/format/numbers';
import { type TestName, useCatalogue, useTestResults } from '../../api/queries.ts';
import { BandChart } from '../../components/charts/band-chart.tsx';
import { bandData } from '../../components/charts/band-data.ts';
import { Empty, Panel } from '../../components/panel/panel.tsx';
import { useHeldAt } from '../../components/state/use-now.ts';
import { useRange } from '../../url/use-query-state.ts';
import css from './test-detail.module.css';

const PANELS = [
  { metric: 'cpu_ratio', title: 'CPU' },
  { metric: 'memory_ratio', title: 'Memory used' },
  { metric: 'load_1m', title: 'Load, 1 min' },
  { metric: 'network_sent_bytes_per_second', title: 'Network out' },
  { metric: 'network_received_bytes_per_second', title: 'Network in' },
  { metric: 'disk_busy_max_ratio', title: 'Busiest disk' },
  { metric: 'tcp_retransmit_ratio', title: 'TCP sent again' },
  { metric: 'context_switches_per_second', title: 'Context switches' },
  { metric: 'cpu_pressure_ratio', title: 'CPU pressure' },
] as const;

/** The machines that measure, on the time axis of the results: mean and largest over all agents of the test. */
export function SystemTab({ name, probe }: { readonly name: TestName; readonly probe: string }) {
  return (
    <div className={css['system']}>
      {PANELS.map(({ metric, title }) => (
        <SystemChart key={metric} name={name} probe={probe} metric={metric} title={title} />
      ))}
    </div>
  );
}

interface SystemChartProps {
  readonly name: TestName;
  readonly probe: string;
  readonly metric: string;
  readonly title: string;
}

function SystemChart({ name, probe, metric, title }: SystemChartProps) {
  const heldMs = useHeldAt();
  const meaning = useMeaning(metric);
  const results = useTestResults(name, { range: useRange(), probe, metric, by: 'none', width: 140 });
  const now = results.data?.series[0]?.mean.findLast((value) => value !== null);
  return (
    <Panel
      title={title}
      caption={meaning?.meaning}
      aside={
        now == null || results.data === undefined ? null : (
          <b>{joined(metricQuantity(now, results.data.unit))}</b>
        )
      }
      query={results}
      reading={title}
      minHeight={140}
      empty={(data) =>
        data.series.some((series) => series.mean.some((value) => value !== null)) ? null : (
          <Empty title="Not known here.">{meaning?.nullMeans ?? 'This system does not tell.'}</Empty>
        )
      }
    >
      {(data) => {
        const series = data.series[0];
        if (series === undefined) return null;
        return (
          <BandChart
            title={title}
            data={bandData(data, series, 'gauge')}
            height={140}
            left={64}
            right={38}
            lane={false}
            heldMs={heldMs}
          />
        );
      }}
    </Panel>
  );
}

function useMeaning(metric: string): { meaning: string; nullMeans: string } | undefined {
  const host = useCatalogue().data?.probes.find((probe) => probe.name === 'host');
  return host?.metrics.find((candidate) => candidate.name === metric);
}
