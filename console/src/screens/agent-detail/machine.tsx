'use client';

import { joined, metricQuantity } from '@streamswarm/contract/format/numbers';
import type { AgentView, Results } from '@streamswarm/contract/wire/views';
import { useAllResults, useCatalogue } from '../../api/queries.ts';
import { BandChart } from '../../components/charts/band-chart.tsx';
import { bandData } from '../../components/charts/band-data.ts';
import { Empty, Panel } from '../../components/panel/panel.tsx';
import { LinkButton } from '../../components/shell/button.tsx';
import { useHeldAt } from '../../components/state/use-now.ts';
import { useRange } from '../../url/use-query-state.ts';
import css from './agent-detail.module.css';

const CHARTS = [
  { metric: 'cpu_ratio', title: 'CPU' },
  { metric: 'memory_ratio', title: 'Memory used' },
  { metric: 'network_sent_bytes_per_second', title: 'Network out' },
  { metric: 'network_received_bytes_per_second', title: 'Network in' },
  { metric: 'tcp_retransmit_ratio', title: 'TCP sent again' },
  { metric: 'disk_busy_max_ratio', title: 'Busiest disk' },
] as const;
const PROBE = 'host';
const WIDTH = 140;

/** The machine that the agent measures on, by the `host` probe of any test. */
export function Machine({ agent }: { readonly agent: AgentView }) {
  const [first] = CHARTS;
  const range = useRange();
  // The first chart asks the same; both share the answer.
  const results = useAllResults({
    range,
    probe: PROBE,
    metric: first.metric,
    agent: agent.name,
    by: 'agent',
    width: WIDTH,
  });
  return (
    <Panel
      title="The machine"
      caption="host, not container · one time axis"
      query={results}
      reading="the machine"
      empty={(data) => (data.series.length > 0 ? null : <NotMeasured />)}
    >
      {() => (
        <div className={css['charts']}>
          {CHARTS.map((chart) => (
            <MachineChart key={chart.metric} agent={agent.name} {...chart} />
          ))}
        </div>
      )}
    </Panel>
  );
}

function NotMeasured() {
  return (
    <>
      <Empty title="No test measures this machine in this time.">
        The <code>host</code> probe of a test reads CPU, memory, disks and interfaces of every agent that the
        test aims at.
      </Empty>
      <LinkButton href="/tests/new/">Create test</LinkButton>
    </>
  );
}

interface MachineChartProps {
  readonly agent: string;
  readonly metric: string;
  readonly title: string;
}

function MachineChart({ agent, metric, title }: MachineChartProps) {
  const heldMs = useHeldAt();
  const range = useRange();
  const host = useCatalogue().data?.probes.find((probe) => probe.name === PROBE);
  const known = host?.metrics.find((candidate) => candidate.name === metric);
  const results = useAllResults({ range, probe: PROBE, metric, agent, by: 'agent', width: WIDTH });
  return (
    <Panel
      title={title}
      caption={known?.meaning}
      aside={<Now results={results.data} />}
      query={results}
      reading={title}
      minHeight={104}
      empty={(data) =>
        data.series.some((series) => series.mean.some((value) => value !== null)) ? null : (
          <Empty title="Not known here.">{known?.nullMeans ?? 'This system does not tell.'}</Empty>
        )
      }
    >
      {(data) => {
        const series = data.series[0];
        return series === undefined ? null : (
          <BandChart
            title={title}
            data={bandData(data, series, 'gauge')}
            height={104}
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

/** The last value there is. */
function Now({ results }: { readonly results: Results | undefined }) {
  const value = results?.series[0]?.mean.findLast((candidate) => candidate !== null);
  return value == null || results === undefined ? null : <b>{joined(metricQuantity(value, results.unit))}</b>;
}
