'use client';

import { useAgents, useKubernetes } from '../../api/queries.ts';
import { clockTime } from '../../format/time.ts';
import css from './held-banner.module.css';

/** What goes on, what is safe and what waits while the operator does not answer. */
export function HeldFacts({ heldMs }: { readonly heldMs: number }) {
  const agents = useAgents().data?.items ?? [];
  const online = agents.filter((agent) => agent.online).length;
  const inCluster = useKubernetes() === true;
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
      inCluster ? 'kubectl apply still works, and is read later' : 'until the operator answers',
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
