'use client';

import { useEffect, useRef, useState } from 'react';
import { useRevokeAgent } from '../../api/actions.ts';
import { Button } from '../../components/shell/button.tsx';
import css from '../../components/shell/dialog.module.css';

interface RevokeDialogProps {
  readonly name: string;
  readonly onClose: () => void;
}

/** Asks for the name: a host that was revoked needs a new token to come back. */
export function RevokeDialog({ name, onClose }: RevokeDialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const [text, setText] = useState('');
  const revoke = useRevokeAgent();
  useEffect(() => ref.current?.showModal(), []);
  return (
    <dialog ref={ref} className={css['dialog']} aria-labelledby="revoke-title" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (text === name) revoke.mutate(name, { onSuccess: () => ref.current?.close() });
        }}
      >
        <h2 id="revoke-title">Revoke {name}?</h2>
        <p>
          Its sessions end at once and its key opens no other. Slots that it still owes are counted as
          dropped; what it has measured stays. To come back the host needs a new join token.
        </p>
        <label>
          Type <b>{name}</b> to go on
          <input
            type="text"
            value={text}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        {revoke.error === null ? null : (
          <p className={css['problem']} role="alert">
            {revoke.error.message}
          </p>
        )}
        <div className={css['buttons']}>
          <Button onClick={() => ref.current?.close()}>Keep</Button>
          <Button type="submit" kind="danger" disabled={text !== name || revoke.isPending}>
            Revoke
          </Button>
        </div>
      </form>
    </dialog>
  );
}
