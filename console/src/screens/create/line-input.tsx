'use client';

import { useState } from 'react';

interface LineInputProps<T> {
  readonly label: string;
  /** The line of what the manifest has. */
  readonly text: string;
  readonly placeholder: string;
  readonly read: (text: string) => T;
  /** The line of a value that was read. */
  readonly write: (value: T) => string | null;
  readonly onChange: (value: T) => void;
  readonly disabled?: boolean;
}

/**
 * A line that stands for a structure. What is typed stays as it was typed for as long as it means what the manifest
 * says: `zone` must not become `zone=` under the cursor.
 */
export function LineInput<T>(props: LineInputProps<T>) {
  const { label, text, placeholder, read, write, onChange, disabled = false } = props;
  const [typed, setTyped] = useState(text);
  const shown = write(read(typed)) === text ? typed : text;
  return (
    <input
      type="text"
      aria-label={label}
      value={shown}
      placeholder={placeholder}
      spellCheck={false}
      autoComplete="off"
      disabled={disabled}
      onChange={(event) => {
        setTyped(event.target.value);
        onChange(read(event.target.value));
      }}
    />
  );
}
