'use client';

import type { AuditPage } from '@streamswarm/contract/wire/access';
import { Panel } from '../../components/panel/panel.tsx';
import { Button } from '../../components/shell/button.tsx';
import { ScrollBox } from '../../components/table/scroll-box.tsx';
import table from '../../components/table/table.module.css';
import { dateTime } from '../../format/time.ts';
import { withParameters } from '../../url/query-string.ts';
import { useQueryState } from '../../url/use-query-state.ts';
import css from './settings.module.css';
import { useSetting } from './use-settings.ts';

const ON_A_PAGE = 50;

/** Who did what? */
export function AuditTab() {
  const { query, change } = useQueryState();
  const before = query.get('before');
  const page = useSetting<AuditPage>(withParameters('/api/v1/audit', { limit: ON_A_PAGE, before }));
  const next = page.data?.next ?? null;
  return (
    <>
      <Panel
        title="Audit"
        caption="newest first"
        query={page}
        reading="the audit"
        empty={({ items }) =>
          items.length > 0 ? null : <p className={css['note']}>Nothing was done yet.</p>
        }
      >
        {({ items }) => (
          <ScrollBox className={css['some']} label="Table of the audit">
            <table className={table['table']}>
              <thead>
                <tr>
                  <th scope="col">Time</th>
                  <th scope="col">Who</th>
                  <th scope="col">Did</th>
                  <th scope="col">To</th>
                  <th scope="col">Detail</th>
                </tr>
              </thead>
              <tbody>
                {items.map((entry) => (
                  <tr key={entry.id}>
                    <td className={table['ink2']}>{dateTime(Date.parse(entry.at))}</td>
                    <td>{entry.actor}</td>
                    <td>
                      <code>{entry.action}</code>
                    </td>
                    <td>{entry.object}</td>
                    <td className={table['ink2']}>{entry.detail}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollBox>
        )}
      </Panel>
      <div className={css['form']}>
        {before === null ? null : <Button onClick={() => change({ before: null })}>Newest</Button>}
        {next === null ? null : (
          <Button onClick={() => change({ before: String(next) }, 'push')}>Older</Button>
        )}
      </div>
    </>
  );
}
