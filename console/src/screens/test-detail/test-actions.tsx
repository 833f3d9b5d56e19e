'use client';

import type { TestSummary } from '@streamswarm/contract/wire/views';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { type Action, useTestAction } from '../../api/actions.ts';
import { Button, LinkButton } from '../../components/shell/button.tsx';
import { DeleteDialog } from '../tests/delete-dialog.tsx';
import { hasRunGoing } from '../tests/test-state.ts';
import css from './test-detail.module.css';

/** What can be done to a test in its state; a refusal stands beside the buttons. */
export function TestActions({ test }: { readonly test: TestSummary }) {
  const action = useTestAction();
  const router = useRouter();
  const [deleting, setDeleting] = useState(false);
  const act = (name: Action) => () => action.mutate({ action: name, tests: [test] });
  const suspended = test.state === 'Suspended';
  return (
    <div className={css['actions']}>
      {action.error === null ? null : (
        <span className={css['trouble']} role="alert">
          {action.error.message}
        </span>
      )}
      {hasRunGoing(test) ? (
        <Button disabled={action.isPending} onClick={act('stop')}>
          Stop
        </Button>
      ) : null}
      {suspended ? null : (
        <Button disabled={action.isPending} onClick={act('start')}>
          Run now
        </Button>
      )}
      <Button disabled={action.isPending} onClick={act(suspended ? 'resume' : 'suspend')}>
        {suspended ? 'Resume' : 'Suspend'}
      </Button>
      <LinkButton href={`/tests/new/?edit=${test.namespace}/${test.name}`}>Edit</LinkButton>
      <LinkButton href={`/tests/new/?from=${test.namespace}/${test.name}`}>Duplicate</LinkButton>
      <Button kind="danger" disabled={action.isPending} onClick={() => setDeleting(true)}>
        Delete…
      </Button>
      {deleting ? (
        <DeleteDialog
          tests={[test]}
          onClose={() => setDeleting(false)}
          onDeleted={() => router.push('/tests/')}
        />
      ) : null}
    </div>
  );
}
