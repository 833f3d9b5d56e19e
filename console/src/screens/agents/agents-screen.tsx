'use client';

import type { AgentView } from '@streamswarm/contract/wire/views';
import { useAccounting, useAgents } from '../../api/queries.ts';
import { Empty, Panel } from '../../components/panel/panel.tsx';
import { BooksFoot } from '../../components/shell/books-foot.tsx';
import { Page } from '../../components/shell/page.tsx';
import { rangeLabel } from '../../url/range.ts';
import { useQueryState, useRange } from '../../url/use-query-state.ts';
import { AgentTable } from './agent-table.tsx';
import css from './agents.module.css';
import { Capabilities } from './capabilities.tsx';
import { Identity } from './identity.tsx';

/** Who measures, and what can each of them see? */
export function AgentsScreen() {
  const range = useRange();
  const agents = useAgents();
  const books = useAccounting(range);
  const { query, change } = useQueryState();
  const wanted = query.get('agent');
  return (
    <Page name="Agents" foot={<BooksFoot label={`All agents, ${rangeLabel(range)}`} books={books.data} />}>
      <div className={css['agents']}>
        <Panel
          title="Agents"
          caption={({ items }) => caption(items)}
          query={agents}
          reading="the agents"
          empty={({ items }) =>
            items.length > 0 ? null : (
              <Empty title="No agent has joined yet.">
                `npm start` starts one for this host. If it does not appear, its log in the state folder says
                why.
              </Empty>
            )
          }
        >
          {({ items }) => {
            const chosen = items.find((agent) => agent.name === wanted) ?? items[0];
            return (
              <AgentTable
                agents={[...items].sort((a, b) => Number(a.online) - Number(b.online))}
                chosen={chosen?.name ?? null}
                onChoose={(name) => change({ agent: name })}
              />
            );
          }}
        </Panel>
        <Chosen agents={agents.data?.items ?? []} wanted={wanted} />
      </div>
    </Page>
  );
}

function Chosen({
  agents,
  wanted,
}: {
  readonly agents: readonly AgentView[];
  readonly wanted: string | null;
}) {
  const agent = agents.find(({ name }) => name === wanted) ?? agents[0];
  if (agent === undefined) return null;
  return (
    <div className={css['split']}>
      <Identity agent={agent} />
      <Capabilities agent={agent} />
    </div>
  );
}

function caption(agents: readonly AgentView[]): string {
  const online = agents.filter((agent) => agent.online).length;
  return agents.length === 0 ? '' : `${online} of ${agents.length} online`;
}
