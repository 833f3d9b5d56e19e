'use client';

import { useEvents } from '../../api/queries.ts';
import { EventRows } from '../../components/events/event-rows.tsx';
import { Empty, Panel } from '../../components/panel/panel.tsx';

const LIMIT = 40;

export function Activity() {
  const events = useEvents(LIMIT);
  return (
    <Panel
      title="Activity"
      caption="live"
      query={events}
      reading="what happened"
      empty={({ items }) => (items.length > 0 ? null : <Empty title="Nothing happened yet." />)}
    >
      {({ items }) => <EventRows events={items} />}
    </Panel>
  );
}
