'use client';

import type { TestDetail } from '@streamswarm/contract/wire/views';
import { type TestName, useEvents } from '../../api/queries.ts';
import { EventRows } from '../../components/events/event-rows.tsx';
import { Empty, Panel } from '../../components/panel/panel.tsx';
import table from '../../components/table/table.module.css';
import { dateTime, formatDuration } from '../../format/time.ts';
import css from './test-detail.module.css';

const LIMIT = 200;

/** What happened to the test, and its runs. */
export function EventsTab({ name, detail }: { readonly name: TestName; readonly detail: TestDetail }) {
  const events = useEvents(LIMIT, name);
  return (
    <div className={css['lower']}>
      <Panel
        title="Events"
        caption="newest first"
        query={events}
        reading="the events"
        empty={({ items }) =>
          items.length > 0 ? null : <Empty title="Nothing happened to this test yet." />
        }
      >
        {({ items }) => <EventRows events={items} />}
      </Panel>
      <section className={css['side']} aria-label="Runs">
        <h2>
          <b>Runs</b>
        </h2>
        <table className={table['table']}>
          <thead>
            <tr>
              <th scope="col">Run</th>
              <th scope="col">Began</th>
              <th scope="col">Why</th>
              <th scope="col" className={table['right']}>
                Length
              </th>
              <th scope="col" className={table['right']}>
                Result
              </th>
            </tr>
          </thead>
          <tbody>
            {detail.runs.map((run) => (
              <tr key={run.id}>
                <td>#{run.number}</td>
                <td className={table['ink2']}>{dateTime(Date.parse(run.startTime))}</td>
                <td className={table['ink2']}>{run.reason}</td>
                <td className={table['right']}>
                  {run.endTime === null
                    ? 'open'
                    : formatDuration((Date.parse(run.endTime) - Date.parse(run.startTime)) / 1_000)}
                </td>
                <td className={table['right']}>{run.result ?? 'running'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}
