'use client';

import type { AuditPage, AuditView } from '@streamswarm/contract/wire/access';
import { Panel } from '../../components/panel/panel.tsx';
import { Button } from '../../components/shell/button.tsx';
import { dateTime } from '../../format/time.ts';
import { withParameters } from '../../url/query-string.ts';
import { useQueryState } from '../../url/use-query-state.ts';
import { type Column, RecordTable } from './record-table.tsx';
import css from './settings.module.css';
import { useSetting } from './use-settings.ts';

const ON_A_PAGE = 50;

const COLUMNS: readonly Column<AuditView>[] = [
  { head: 'Time', look: 'ink2', cell: ({ at }) => dateTime(Date.parse(at)) },
  { head: 'Who', cell: ({ actor }) => actor },
  { head: 'Did', cell: ({ action }) => <code>{action}</code> },
  { head: 'To', cell: ({ object }) => object },
  { head: 'Detail', look: 'ink2', cell: ({ detail }) => detail },
];

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
          <RecordTable of="the audit" records={items} keyOf={({ id }) => id} columns={COLUMNS} />
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
