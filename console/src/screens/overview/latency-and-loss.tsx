'use client';

import type { Results } from '@streamswarm/contract/wire/views';
import { useState } from 'react';
import { useAgents, useAllResults } from '../../api/queries.ts';
import { BandChart } from '../../components/charts/band-chart.tsx';
import { bandData, levelWords, reaching } from '../../components/charts/band-data.ts';
import { HeatStrip, StripLegend, stripRows } from '../../components/charts/heat-strip.tsx';
import { TwinButton } from '../../components/charts/twin-button.tsx';
import { Empty, Panel } from '../../components/panel/panel.tsx';
import { useHeldAt, useNow } from '../../components/state/use-now.ts';
import { formatDuration } from '../../format/time.ts';
import type { Range } from '../../url/range.ts';

const LEFT = 92;
const RIGHT = 46;
const MOST_AGENTS = 13;
const HEIGHT = 172;
/** Rows that a small fleet leaves empty are given to the chart above. */
const ROW_PX = 11;

/** Round trips of all tests, and under them the loss of the worst agents, on one axis. */
export function LatencyAndLoss({ range }: { readonly range: Range }) {
  const wish = { range, probe: 'icmp', metric: 'rtts_seconds', width: 240 } as const;
  const all = useAllResults({ ...wish, by: 'none' });
  const byAgent = useAllResults({ ...wish, by: 'agent', width: 120 });
  const agents = useAgents().data?.items ?? [];
  const heldMs = useHeldAt();
  const [asTable, setAsTable] = useState(false);
  const offline = new Set(agents.filter((agent) => !agent.online).map((agent) => agent.name));
  const now = useNow();
  const held = (data: Results): Results => (heldMs === null ? data : reaching(data, now));
  const strip = byAgent.data;
  const rows = strip === undefined ? [] : stripRows(strip, offline, MOST_AGENTS);
  const stripWords =
    strip === undefined
      ? ''
      : ` · loss per agent, ${formatDuration(strip.stepSeconds)} steps${
          strip.series.length > rows.length ? `, worst ${rows.length} of ${strip.series.length}` : ''
        }`;
  return (
    <Panel
      title="Latency and loss, all tests"
      caption={(data) =>
        `icmp round trip, ${formatDuration(data.stepSeconds)} steps ${levelWords(data.level)}${stripWords}`
      }
      aside={<TwinButton asTable={asTable} onChange={setAsTable} />}
      query={all}
      reading="round trips of all tests"
      minHeight={200}
      empty={(data) =>
        (data.series[0]?.n.some((n) => n > 0) ?? false) ? null : (
          <Empty title="No round trip in this time.">
            No test measured by icmp here. Choose a longer time, or add the icmp probe to a test.
          </Empty>
        )
      }
    >
      {(data) => {
        const series = data.series[0];
        if (series === undefined) return null;
        const band = bandData(held(data), series);
        return (
          <>
            <BandChart
              title="Round trip of all tests"
              data={band}
              height={HEIGHT + (MOST_AGENTS - rows.length) * ROW_PX}
              timeAxis={strip === undefined}
              left={LEFT}
              right={RIGHT}
              lane={false}
              heldMs={heldMs}
              asTable={asTable}
            />
            {strip === undefined ? null : (
              <>
                <StripLegend />
                <HeatStrip
                  results={strip}
                  rows={rows}
                  fromMs={band.fromMs}
                  toMs={band.fromMs + band.steps * band.stepMs}
                  left={LEFT}
                  right={RIGHT}
                />
              </>
            )}
          </>
        );
      }}
    </Panel>
  );
}
