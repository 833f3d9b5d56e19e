'use client';

import { useEffect, useRef, useState } from 'react';
import { useTestAction } from '../../api/actions.ts';
import type { TestName } from '../../api/queries.ts';
import { Button } from '../../components/shell/button.tsx';
import css from '../../components/shell/dialog.module.css';

interface DeleteDialogProps {
  readonly tests: readonly TestName[];
  readonly onClose: () => void;
  readonly onDeleted: () => void;
}

/** Asks for the name before a test is deleted, and says what stays. */
export function DeleteDialog({ tests, onClose, onDeleted }: DeleteDialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const [text, setText] = useState('');
  const action = useTestAction();
  const [only] = tests;
  const asked = tests.length === 1 && only !== undefined ? only.name : `${tests.length} tests`;
  useEffect(() => ref.current?.showModal(), []);
  return (
    <dialog ref={ref} className={css['dialog']} aria-labelledby="delete-title" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (text === asked) action.mutate({ action: 'delete', tests }, { onSuccess: onDeleted });
        }}
      >
        <h2 id="delete-title">Delete {asked}?</h2>
        <p>
          {tests.length === 1 ? 'It stops at once and is gone.' : 'They stop at once and are gone.'} The
          results stay: they are kept as long as all others, and can still be read through the API.
        </p>
        {tests.length > 1 ? (
          <p>{tests.map(({ namespace, name }) => `${namespace}/${name}`).join(', ')}</p>
        ) : null}
        <label>
          Type <b>{asked}</b> to go on
          <input
            type="text"
            value={text}
            autoComplete="off"
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        {action.error === null ? null : (
          <p className={css['problem']} role="alert">
            {action.error.message}
          </p>
        )}
        <div className={css['buttons']}>
          <Button onClick={onClose}>Keep</Button>
          <Button type="submit" kind="danger" disabled={text !== asked || action.isPending}>
            Delete
          </Button>
        </div>
      </form>
    </dialog>
  );
}
