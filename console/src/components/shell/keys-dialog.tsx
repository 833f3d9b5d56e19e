'use client';

import { useEffect, useRef, useState } from 'react';
import { Button } from './button.tsx';
import css from './dialog.module.css';
import { KEYS_OFF } from './use-keys.ts';

const DIALOG = 'keys';
const KEYS = [
  ['G then O, T, A, S', 'Overview, Tests, Agents, Settings'],
  ['N', 'create a test'],
  ['/', 'filter'],
  ['.', 'live or held'],
  ['R', 'try again while the operator does not answer'],
  ['L', 'light or dark'],
  ['Shift T', 'charts as tables'],
  ['← →', 'move the cursor of a chart that has the focus'],
  ['?', 'these keys'],
] as const;

export function openKeys(): void {
  const dialog = document.getElementById(DIALOG);
  if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal();
}

export function KeysDialog() {
  const ref = useRef<HTMLDialogElement>(null);
  const [off, setOff] = useState(false);
  useEffect(() => setOff(localStorage.getItem(KEYS_OFF) === 'true'), []);
  return (
    <dialog ref={ref} id={DIALOG} className={css['dialog']} aria-labelledby="keys-title">
      <h2 id="keys-title">Keys</h2>
      <dl className={css['keys']}>
        {KEYS.map(([key, what]) => (
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
