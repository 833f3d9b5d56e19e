'use client';

import type { AgentView } from '@streamswarm/contract/wire/views';
import { useAccounting, useAgents } from '../../api/queries.ts';
import { Panel } from '../../components/panel/panel.tsx';
import { BooksFoot } from '../../components/shell/books-foot.tsx';
import { Button } from '../../components/shell/button.tsx';
import { Page } from '../../components/shell/page.tsx';
import { rangeLabel } from '../../url/range.ts';
import { useQueryState, useRange } from '../../url/use-query-state.ts';
import { AddHostDialog } from './add-host-dialog.tsx';
import { AgentFilterBar } from './agent-filter.tsx';
import { AgentTable } from './agent-table.tsx';
import css from './agents.module.css';
import { filterAgents, readAgentTab } from './filter-agents.ts';
import { NoAgents } from './no-agents.tsx';

/** Who measures, and is each of them heard? */
export function AgentsScreen() {
  const range = useRange();
  const { query, change } = useQueryState();
  const filter = { q: query.get('q') ?? '', tab: readAgentTab(query.get('state')) };
  const agents = useAgents({ gone: filter.tab === 'Gone' });
  const books = useAccounting(range);
  const all = agents.data?.items ?? [];
  const shown = filterAgents(all, filter);
  return (
    <Page
      name="Agents"
      actions={
        <Button kind="primary" onClick={() => change({ add: 'host' }, 'push')}>
          Add host
        </Button>
      }
      foot={<BooksFoot label={`All agents, ${rangeLabel(range)}`} books={books.data} />}
    >
      <div className={css['agents']}>
        {/* Also where none is listed: those that are gone are found from here. */}
        {agents.data === undefined ? null : (
          <AgentFilterBar agents={all} shown={shown.length} filter={filter} />
        )}
        <Panel
          title="Agents"
          caption={({ items }) => caption(items)}
          query={agents}
          reading="the agents"
          empty={() =>
            shown.length > 0 ? null : (
              <NoAgents any={all.length > 0} tab={filter.tab} onAdd={() => change({ add: 'host' }, 'push')} />
            )
          }
        >
          {() => <AgentTable agents={shown} />}
        </Panel>
        {query.get('add') === 'host' ? <AddHostDialog onClose={() => change({ add: null })} /> : null}
      </div>
    </Page>
  );
}

function caption(agents: readonly AgentView[]): string {
  const there = agents.filter((agent) => !agent.gone);
  const online = there.filter((agent) => agent.online).length;
  return there.length === 0 ? '' : `${online} of ${there.length} online`;
}
