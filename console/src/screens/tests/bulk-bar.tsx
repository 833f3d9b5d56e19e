'use client';

import type { TestSummary } from '@streamswarm/contract/wire/views';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { type ActionWish, useTestAction } from '../../api/actions.ts';
import { Button } from '../../components/shell/button.tsx';
import { useScreenKeys } from '../../components/shell/single-keys.ts';
import { compareHref, LEAST, MOST } from '../compare/compared-tests.ts';
import { type BulkAct, bulkActs } from './bulk-acts.ts';
import { BulkExport } from './bulk-export.tsx';
import { DeleteDialog } from './delete-dialog.tsx';
import css from './tests.module.css';

interface BulkBarProps {
  readonly tests: readonly TestSummary[];
  readonly onClear: () => void;
}

/** What can be done to the tests that are selected, by button and by key. */
export function BulkBar({ tests, onClear }: BulkBarProps) {
  return tests.length === 0 ? null : <Selected tests={tests} onClear={onClear} />;
}

function Selected({ tests, onClear }: BulkBarProps) {
  const action = useTestAction();
  const [deleting, setDeleting] = useState(false);
  const acts = bulkActs(tests);
  const router = useRouter();
  const canCompare = tests.length >= LEAST && tests.length <= MOST;
  const compare = (): void => {
    if (canCompare) router.push(compareHref(tests));
  };
  useScreenKeys({ ...keysOf(acts, action.isPending, action.mutate), c: compare, escape: onClear });
  return (
    <>
      <div className={css['bulk']} role="toolbar" aria-label="Selected tests">
        <b>{tests.length} selected</b>
        {acts.map(({ text, key, wish }) => (
          <Button
            key={text}
            shortcut={key.toUpperCase()}
            disabled={wish.tests.length === 0 || action.isPending}
            onClick={() => action.mutate(wish)}
          >
            {text}
          </Button>
        ))}
        <BulkExport tests={tests} />
        <Button shortcut="C" disabled={!canCompare} onClick={compare}>
          Compare
        </Button>
        <Button kind="danger" disabled={action.isPending} onClick={() => setDeleting(true)}>
          Delete…
        </Button>
        <Button shortcut="Esc" onClick={onClear}>
          Clear
        </Button>
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

/** A key does what its button would; where that is off, the key does nothing, other than the same key elsewhere. */
function keysOf(
  acts: readonly BulkAct[],
  isBusy: boolean,
  act: (wish: ActionWish) => void,
): Record<string, () => void> {
  return Object.fromEntries(
    acts.map(({ key, wish }) => [
      key,
      () => {
        if (!isBusy && wish.tests.length > 0) act(wish);
      },
    ]),
  );
}
