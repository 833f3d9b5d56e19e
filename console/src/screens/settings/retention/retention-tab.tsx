'use client';

import type { RetentionView } from '@streamswarm/contract/wire/retention';
import { Panel } from '../../../components/panel/panel.tsx';
import { dateTime } from '../../../format/time.ts';
import settings from '../settings.module.css';
import { useSetting } from '../use-settings.ts';
import { RETENTION, RetentionForm } from './retention-form.tsx';

/** How long are results kept, and what is there now? */
export function RetentionTab() {
  const retention = useSetting<RetentionView>(RETENTION);
  return (
    <Panel
      title="Retention"
      caption="how long results are kept"
      query={retention}
      reading="how long results are kept"
    >
      {(view) => (
        <>
          <p className={settings['note']}>
            Older times are answered from the next coarser level that still has them. Samples and minutes go
            by whole days, the rest by whole months, in UTC. Tests, runs and the totals of their books stay,
            and so do events, the audit and which batches have come in.
            {view.booksFrom === null
              ? ''
              : ` The books of a window begin at ${dateTime(Date.parse(view.booksFrom))}; those of all time stay whole.`}
          </p>
          <RetentionForm view={view} />
        </>
      )}
    </Panel>
  );
}
