'use client';

import type { TestSummary } from '@streamswarm/contract/wire/views';
import { useState } from 'react';
import { type Action, useTestAction } from '../../api/actions.ts';
import { Button } from '../../components/shell/button.tsx';
import { DeleteDialog } from './delete-dialog.tsx';
import { hasRunGoing } from './test-state.ts';
import css from './tests.module.css';

/** What can be done to the tests that are selected. */
export function BulkBar({
  tests,
  onClear,
}: {
  readonly tests: readonly TestSummary[];
  readonly onClear: () => void;
}) {
  const action = useTestAction();
  const [deleting, setDeleting] = useState(false);
  if (tests.length === 0) return null;
  const act = (name: Action) => () => action.mutate({ action: name, tests });
  const some = (...states: string[]): boolean => tests.some((test) => states.includes(test.state));
  const of = (...states: string[]) => tests.filter((test) => states.includes(test.state));
  return (
    <>
      <div className={css['bulk']} role="toolbar" aria-label="Selected tests">
        <b>{tests.length} selected</b>
        <Button
          disabled={!tests.some(hasRunGoing) || action.isPending}
          onClick={() => action.mutate({ action: 'stop', tests: tests.filter(hasRunGoing) })}
        >
          Stop
        </Button>
        <Button disabled={some('Suspended') || action.isPending} onClick={act('start')}>
          Run now
        </Button>
        <Button
          disabled={!some('Running', 'Failed', 'Pending', 'Scheduled', 'Complete') || action.isPending}
          onClick={() =>
            action.mutate({ action: 'suspend', tests: tests.filter((test) => test.state !== 'Suspended') })
          }
        >
          Suspend
        </Button>
        {some('Suspended') ? (
          <Button
            disabled={action.isPending}
            onClick={() => action.mutate({ action: 'resume', tests: of('Suspended') })}
          >
            Resume
          </Button>
        ) : null}
        <Button kind="danger" disabled={action.isPending} onClick={() => setDeleting(true)}>
          Delete…
        </Button>
        <button type="button" className={css['clear']} onClick={onClear}>
          Clear
        </button>
        {action.error === null ? null : (
          <span className={css['bad']} role="alert">
            {action.error.message}
          </span>
        )}
      </div>
      {deleting ? (
        <DeleteDialog
          tests={tests}
          onClose={() => setDeleting(false)}
          onDeleted={() => {
            setDeleting(false);
            onClear();
          }}
        />
      ) : null}
    </>
  );
}
