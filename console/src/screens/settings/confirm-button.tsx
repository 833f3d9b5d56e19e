'use client';

import { useState } from 'react';
import { Button } from '../../components/shell/button.tsx';

interface ConfirmButtonProps {
  /** What it does to what, for who hears it without the row around: `Delete ann`. */
  readonly label: string;
  readonly word: string;
  readonly onConfirm: () => void;
}

/** Does what cannot be taken back at the second press. */
export function ConfirmButton({ label, word, onConfirm }: ConfirmButtonProps) {
  const [asked, setAsked] = useState(false);
  const press = (): void => {
    if (asked) onConfirm();
    setAsked(!asked);
  };
  return (
    <Button
      kind="danger"
      onClick={press}
      onBlur={() => setAsked(false)}
      aria-label={asked ? `${label}: really` : label}
    >
      {asked ? 'Really?' : word}
    </Button>
  );
}
