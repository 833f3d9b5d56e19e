'use client';

import { DASH, formatCount } from '@streamswarm/contract/format/numbers';
import { type TestName, useSubmitted } from '../../api/queries.ts';
import { Panel } from '../../components/panel/panel.tsx';
import { dateTime } from '../../format/time.ts';
import css from './submitted.module.css';

/** What scripts say of the test, apart from all that was measured here; nothing where none said anything. */
export function Submitted({ name }: { readonly name: TestName }) {
  const submitted = useSubmitted(name);
  if (submitted.data === undefined || submitted.data.total === 0) return null;
  return (
    <div className={css['place']}>
      <Panel
        title="Submitted by scripts, not measured by StreamSwarm"
        query={submitted}
        reading="what scripts submitted"
      >
        {({ items, total }) => (
          <>
            <p className={css['note']}>
              In none of the numbers on this page. The newest {formatCount(items.length)} of{' '}
              {formatCount(total)}, whatever time is shown; in the units of the guide.
            </p>
            <ul className={css['list']}>
              {items.map(({ id, at, receivedAt, client, submittedBy, fields }) => (
                <li key={id}>
                  <p>
                    {dateTime(Date.parse(at))} <b>{client}</b>{' '}
                    <small>
                      by {submittedBy}, received {dateTime(Date.parse(receivedAt))}
                    </small>
                  </p>
                  <p className={css['fields']}>
                    {Object.entries(fields).map(([field, value]) => (
                      <span key={field}>
                        {field} <b>{wordOf(value)}</b>
                      </span>
                    ))}
                  </p>
                </li>
              ))}
            </ul>
          </>
        )}
      </Panel>
    </div>
  );
}

function wordOf(value: unknown): string {
  if (value === null) return DASH;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
