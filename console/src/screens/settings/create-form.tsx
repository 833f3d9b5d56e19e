'use client';

import { type ReactNode, useState } from 'react';
import { Form } from './form.tsx';
import { SecretBox } from './secret-box.tsx';
import { useChange } from './use-settings.ts';

export type Values = Readonly<Record<string, string>>;

/** The body of the request, or what is wrong before anybody is asked. */
export type ReadBody =
  | { readonly ok: true; readonly body: unknown }
  | { readonly ok: false; readonly problem: string };

interface CreateFormProps<Created> {
  readonly path: string;
  readonly label: string;
  readonly action: string;
  /** The values themselves where it is not said. */
  readonly read?: (values: Values) => ReadBody;
  /** What is shown this once. */
  readonly secret?: { readonly title: string; readonly of: (created: Created) => string };
  readonly onCreated?: (created: Created) => void;
  readonly children: ReactNode;
}

/** Adds one to a collection. */
export function CreateForm<Created>(props: CreateFormProps<Created>) {
  const { path, label, action, read = asTheyAre, secret, onCreated, children } = props;
  const create = useChange<Created>();
  const [wrong, setWrong] = useState<Error | null>(null);
  const submit = (values: Values, form: HTMLFormElement): void => {
    const given = read(values);
    setWrong(given.ok ? null : new Error(given.problem));
    if (!given.ok) return;
    create.mutate(
      { method: 'POST', path, body: given.body },
      {
        onSuccess: (created) => {
          form.reset();
          onCreated?.(created);
        },
      },
    );
  };
  return (
    <>
      {secret === undefined || create.data === undefined ? null : (
        <SecretBox title={secret.title} secret={secret.of(create.data)} />
      )}
      <Form
        label={label}
        action={action}
        busy={create.isPending}
        error={wrong ?? create.error}
        onSubmit={submit}
      >
        {children}
      </Form>
    </>
  );
}

function asTheyAre(body: Values): ReadBody {
  return { ok: true, body };
}
