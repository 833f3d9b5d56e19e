'use client';

import type { TestSummary } from '@streamswarm/contract/wire/views';
import { useTest } from '../../api/queries.ts';
import { Panel } from '../../components/panel/panel.tsx';
import { useNow } from '../../components/state/use-now.ts';
import { formatDuration } from '../../format/time.ts';
import { useRange } from '../../url/use-query-state.ts';
import css from './first-start.module.css';

const WINDOW_SECONDS = 60;
const MOST_ROWS = 15;

/** The first minute of a test, slot by slot: dashed until due, then with a border until it is answered. */
export function SlotGrid({ test }: { readonly test: TestSummary }) {
  const detail = useTest(test, useRange());
  const now = useNow();
  return (
    <div className={css['grid']}>
      <Panel
        title="The first 60 s"
        caption={`test ${test.name} · each box is a slot, drawn firm once it is due`}
        query={detail}
        reading="the plan"
      >
        {({ pairs, summary }) => {
          const startMs = summary.run === null ? null : Date.parse(summary.run.startTime);
          return (
            <ul className={css['rows']}>
              {pairs.slice(0, MOST_ROWS).map((pair) => (
                <li key={`${pair.probe} ${pair.destination}`}>
                  <code>{pair.kind}</code>
                  <span className={css['target']}>
                    {pair.target ?? 'this agent'}
                    <small>{pair.destination ?? ''}</small>
                  </span>
                  {pair.applies ? (
                    <Boxes
                      periodSeconds={pair.periodSeconds}
                      sinceSeconds={startMs === null || now === 0 ? null : (now - startMs) / 1_000}
                    />
                  ) : (
                    <small>{pair.reason}</small>
                  )}
                </li>
              ))}
            </ul>
          );
        }}
      </Panel>
      <p className={css['hint']}>
        The first slot is due at once, later ones every {formatDuration(test.intervalSeconds)}. If nothing
        appears, the reason stands under Agents: what each can measure, and what enables the rest.
      </p>
    </div>
  );
}

function Boxes({ periodSeconds, sinceSeconds }: { periodSeconds: number; sinceSeconds: number | null }) {
  const count = Math.max(1, Math.min(30, Math.floor(WINDOW_SECONDS / periodSeconds)));
  return (
    <span className={css['boxes']} aria-hidden="true">
      {Array.from({ length: count }, (_, i) => (
        <i
          // biome-ignore lint/suspicious/noArrayIndexKey: a slot is its number
          key={i}
          className={sinceSeconds !== null && sinceSeconds >= i * periodSeconds ? css['due'] : undefined}
        />
      ))}
    </span>
  );
}
