'use client';

import { useAgentEvents } from '../../api/queries.ts';
import { EventRows } from '../../components/events/event-rows.tsx';
import { Empty, Panel } from '../../components/panel/panel.tsx';

const LIMIT = 50;

/** What happened to the agent. */
export function History({ agent }: { readonly agent: string }) {
  const events = useAgentEvents(LIMIT, agent);
  return (
    <Panel
      title="History"
      caption={({ items }) => (items.length < LIMIT ? 'newest first' : `the newest ${LIMIT}`)}
      query={events}
      reading="its events"
      empty={({ items }) => (items.length > 0 ? null : <Empty title="Nothing happened to it yet." />)}
    >
      {({ items }) => <EventRows events={items} />}
    </Panel>
  );
}
