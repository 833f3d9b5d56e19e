'use client';

import { useState } from 'react';
import control from '../shell/control.module.css';
import css from './command.module.css';

/** A command that can be taken along. */
export function CommandLine({ command }: { readonly command: string }) {
  return (
    <span className={css['command']}>
      <code>{command}</code>
      <CopyButton text={command} />
    </span>
  );
}

export function CopyButton({ text, label = 'copy' }: { readonly text: string; readonly label?: string }) {
  const [copied, setCopied] = useState(false);
  return (
    <button
      type="button"
      className={control['link']}
      onClick={() => {
        void navigator.clipboard.writeText(text).then(() => setCopied(true));
      }}
      onBlur={() => setCopied(false)}
    >
      <span aria-live="polite">{copied ? 'copied' : label}</span>
    </button>
  );
}
