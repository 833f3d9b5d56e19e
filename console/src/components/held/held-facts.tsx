'use client';

import { useFleet } from '../../api/queries.ts';
import { clockTime } from '../../format/time.ts';
import { useRange } from '../../url/use-query-state.ts';
import css from './held-banner.module.css';

/** What goes on, what is safe and what waits while the operator does not answer. */
export function HeldFacts({ heldMs }: { readonly heldMs: number }) {
  // The rail reads it on every screen: while nothing answers, nothing more is asked for.
  const fleet = useFleet(useRange()).data;
  const agents = fleet?.agents ?? [];
  const online = agents.filter((agent) => agent.online).length;
  const facts = [
    [
      'Measuring',
      'goes on',
      agents.length === 0
        ? 'by the plan that each agent has'
        : `${online} of ${agents.length} agents were heard at ${clockTime(heldMs)}, and have their plan`,
    ],
    ['Results', 'are kept on the agents', 'and handed in behind the live ones, once'],
    [
      'Tests',
      'no start, stop or edit',
      fleet?.kubernetes === true
        ? 'kubectl apply still works, and is read later'
        : 'until the operator answers',
    ],
  ] as const;
  return (
    <dl className={css['facts']}>
      {facts.map(([what, how, more]) => (
        <div key={what}>
          <dt>{what}</dt>
          <dd>{how}</dd>
          <dd>{more}</dd>
        </div>
      ))}
    </dl>
  );
}
