'use client';

import { formatSeconds } from '@streamswarm/contract/format/numbers';
import { useAllResults } from '../../api/queries.ts';
import { Panel } from '../../components/panel/panel.tsx';
import { Missing } from '../../components/table/missing.tsx';
import { rangeLabel } from '../../url/range.ts';
import { useRange } from '../../url/use-query-state.ts';
import css from './agent-detail.module.css';
import { largestKnown } from './largest-known.ts';

const WIDTH = 60;

/** How much of its round trips may be its own: the largest of the range. */
export function OwnError({ agent }: { readonly agent: string }) {
  const range = useRange();
  const results = useAllResults({ range, probe: 'icmp', agent, by: 'agent', width: WIDTH });
  return (
    <div className={css['facts']}>
      <Panel
        title="Own error"
        caption={`of its round trips, largest in ${rangeLabel(range)}`}
        query={results}
        reading="its own error"
      >
        {({ series }) => {
          const largest = largestKnown(series.flatMap(({ selfError }) => selfError));
          return (
            <p className={css['read-out']}>
              {largest === null ? (
                <Missing why="no icmp probe of it told its own error in this time" />
              ) : (
                formatSeconds(largest)
              )}
            </p>
          );
        }}
      </Panel>
    </div>
  );
}
