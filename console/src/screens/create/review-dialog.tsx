'use client';

import { useEffect, useRef } from 'react';
import { Button } from '../../components/shell/button.tsx';
import dialog from '../../components/shell/dialog.module.css';
import { YamlDiff } from '../../components/yaml/yaml-diff.tsx';
import css from './create.module.css';

interface ReviewDialogProps {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  readonly saving: boolean;
  readonly onClose: () => void;
  readonly onApply: () => void;
}

/** What of a test would be changed, before it is. */
export function ReviewDialog({ name, before, after, saving, onClose, onApply }: ReviewDialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => ref.current?.showModal(), []);
  return (
    <dialog
      ref={ref}
      className={`${dialog['dialog']} ${css['review']}`}
      aria-labelledby="review-title"
      onClose={onClose}
    >
      <h2 id="review-title">Change {name}?</h2>
      <p>It is changed as a whole, in one step. What was measured stays.</p>
      <YamlDiff before={before} after={after} />
      <div className={dialog['buttons']}>
        <Button onClick={onClose}>Go on editing</Button>
        <Button kind="primary" disabled={saving} onClick={onApply}>
          Apply
        </Button>
      </div>
    </dialog>
  );
}
