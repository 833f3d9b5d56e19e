'use client';

import type { ReactNode } from 'react';
import { Button } from '../../components/shell/button.tsx';
import css from './settings.module.css';

interface FormProps {
  readonly label: string;
  readonly action: string;
  readonly busy: boolean;
  readonly error: Error | null;
  /** The values of the named fields. */
  readonly onSubmit: (values: Readonly<Record<string, string>>, form: HTMLFormElement) => void;
  readonly children: ReactNode;
}

/** A few fields in a row and what is wrong with them below. */
export function Form({ label, action, busy, error, onSubmit, children }: FormProps) {
  return (
    <form
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        const form = event.currentTarget;
        const values = [...new FormData(form)].map(([name, value]) => [name, String(value)] as const);
        onSubmit(Object.fromEntries(values), form);
      }}
    >
      <div className={css['form']}>
        {children}
        <Button type="submit" kind="primary" disabled={busy}>
          {action}
        </Button>
      </div>
      <ProblemLine error={error} />
    </form>
  );
}

export function ProblemLine({ error }: { readonly error: Error | null }) {
  return error === null ? null : (
    <p className={css['problem']} role="alert">
      {error.message}
    </p>
  );
}

export function RoleField({ value }: { readonly value: string }) {
  return (
    <label>
      Role
      <select name="role" defaultValue={value}>
        <option value="viewer">viewer: looks</option>
        <option value="editor">editor: changes tests too</option>
        <option value="admin">admin: everything</option>
      </select>
    </label>
  );
}

export function PasswordField({
  label,
  name,
  isNew = true,
}: {
  label: string;
  name: string;
  isNew?: boolean;
}) {
  return (
    <label>
      {label}
      <input
        name={name}
        type="password"
        required
        minLength={isNew ? 12 : undefined}
        autoComplete={isNew ? 'new-password' : 'current-password'}
      />
    </label>
  );
}
