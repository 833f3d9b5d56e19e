'use client';

import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { send } from '../../api/request.ts';
import { Button } from '../../components/shell/button.tsx';
import css from './login.module.css';

interface LoginFormProps {
  readonly path: string;
  readonly action: string;
  /** Whether the password is chosen now. */
  readonly isNew: boolean;
  readonly extra: Readonly<Record<string, string>>;
  readonly onDone: () => void;
}

export function LoginForm({ path, action, isNew, extra, onDone }: LoginFormProps) {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const first = useRef<HTMLInputElement>(null);
  // There is nothing else to do here.
  useEffect(() => first.current?.focus(), []);
  const login = useMutation({
    mutationFn: () => send('POST', path, { body: { ...extra, name: name.trim(), password } }),
    onSuccess: onDone,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    login.mutate();
  };
  const problem = login.error === null ? undefined : 'login-problem';
  return (
    <form onSubmit={submit} style={{ display: 'contents' }}>
      <label>
        Name
        <input
          ref={first}
          name="name"
          value={name}
          onChange={(event) => setName(event.target.value)}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          aria-describedby={problem}
        />
      </label>
      <label>
        Password
        <input
          name="password"
          type="password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          autoComplete={isNew ? 'new-password' : 'current-password'}
          minLength={isNew ? 12 : undefined}
          required
          aria-describedby={problem}
        />
      </label>
      {login.error === null ? null : (
        <p className={css['problem']} id={problem} role="alert">
          {login.error.message}
        </p>
      )}
      <Button type="submit" kind="primary" disabled={login.isPending || login.isSuccess}>
        {action}
      </Button>
    </form>
  );
}
