'use client';

import { useState } from 'react';

interface LineInputProps<T> {
  /** Null where a label stands around it. */
  readonly label: string | null;
  /** The line of what the manifest has. */
  readonly text: string;
  readonly placeholder: string;
  readonly read: (text: string) => T;
  /** The line of a value that was read. */
  readonly write: (value: T) => string | null;
  readonly onChange: (value: T) => void;
  readonly disabled?: boolean;
  /** More than one line. */
  readonly lines?: boolean;
}

/**
 * A line that stands for a structure. What is typed stays as it was typed for as long as it means what the manifest
 * says: `zone` must not become `zone=` under the cursor.
 */
export function LineInput<T>(props: LineInputProps<T>) {
  const { label, text, placeholder, read, write, onChange, disabled = false, lines = false } = props;
  const [typed, setTyped] = useState(text);
  const control = {
    value: write(read(typed)) === text ? typed : text,
    placeholder,
    spellCheck: false,
    autoComplete: 'off',
    disabled,
    onChange: ({ target }: { target: { value: string } }) => {
      setTyped(target.value);
      onChange(read(target.value));
    },
    ...(label === null ? {} : { 'aria-label': label }),
  };
  return lines ? <textarea rows={2} {...control} /> : <input type="text" {...control} />;
}
