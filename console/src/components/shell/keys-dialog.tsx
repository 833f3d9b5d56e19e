'use client';

import { useEffect, useRef, useState } from 'react';
import { Button } from './button.tsx';
import css from './dialog.module.css';
import { KEY_LINES } from './key-map.ts';
import { KEYS_OFF } from './single-keys.ts';

const DIALOG = 'keys';

export function openKeys(): void {
  const dialog = document.getElementById(DIALOG);
  if (!(dialog instanceof HTMLDialogElement) || dialog.open) return;
  dialog.showModal();
  // The first that can be focused stands below the keys: a small window would open at its end.
  dialog.querySelector('h2')?.focus();
}

export function KeysDialog() {
  const ref = useRef<HTMLDialogElement>(null);
  const [off, setOff] = useState(false);
  useEffect(() => setOff(localStorage.getItem(KEYS_OFF) === 'true'), []);
  return (
    <dialog ref={ref} id={DIALOG} className={`${css['dialog']} ${css['list']}`} aria-labelledby="keys-title">
      <h2 id="keys-title" tabIndex={-1}>
        Keys
      </h2>
      <dl className={css['keys']}>
        {KEY_LINES.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <label className={css['check']}>
        <input
          type="checkbox"
          checked={off}
          onChange={(event) => {
            setOff(event.target.checked);
            localStorage.setItem(KEYS_OFF, String(event.target.checked));
          }}
        />
        Turn single keys off
      </label>
      <div className={css['buttons']}>
        <Button onClick={() => ref.current?.close()}>Close</Button>
      </div>
    </dialog>
  );
}
