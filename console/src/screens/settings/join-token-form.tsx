'use client';

import { formatDurationMs } from '@streamswarm/contract/duration/duration';
import { type CreatedJoinToken, JOIN_TOKEN_MS } from '@streamswarm/contract/wire/joining';
import { useState } from 'react';
import { Form } from './form.tsx';
import { readLabels } from './read-labels.ts';
import { SecretBox } from './secret-box.tsx';
import css from './settings.module.css';
import { useChange } from './use-settings.ts';

export const JOIN_TOKENS = '/api/v1/join-tokens';
const VALIDITIES = ['15m', '30m', formatDurationMs(JOIN_TOKEN_MS)];

interface JoinTokenFormProps {
  readonly onCreated?: (token: CreatedJoinToken) => void;
}

/** Creates a token for one host and shows the one command that uses it. */
export function JoinTokenForm({ onCreated }: JoinTokenFormProps) {
  const create = useChange<CreatedJoinToken>();
  const [wrongLabel, setWrongLabel] = useState<Error | null>(null);
  return (
    <>
      {create.data === undefined ? null : (
        <SecretBox title="Run this on the host, as root" secret={create.data.command} />
      )}
      <Form
        label="New join token"
        action="Create token"
        busy={create.isPending}
        error={wrongLabel ?? create.error}
        onSubmit={({ name = '', labels = '', expiresIn = '' }, form) => {
          const read = readLabels(labels);
          setWrongLabel(read.ok ? null : new Error(read.problem));
          if (!read.ok) return;
          const named = name.trim() === '' ? {} : { name: name.trim() };
          create.mutate(
            { method: 'POST', path: JOIN_TOKENS, body: { ...named, labels: read.labels, expiresIn } },
            {
              onSuccess: (token) => {
                form.reset();
                onCreated?.(token);
              },
            },
          );
        }}
      >
        <label>
          Name of the agent
          <input name="name" placeholder="the host's own name" autoCapitalize="none" spellCheck={false} />
        </label>
        <label className={css['wide']}>
          Labels, by which tests aim
          <input
            name="labels"
            placeholder="site=factory-7, zone=b"
            autoCapitalize="none"
            spellCheck={false}
          />
        </label>
        <label className={css['short']}>
          Good for
          <select name="expiresIn" defaultValue={VALIDITIES.at(-1)}>
            {VALIDITIES.map((text) => (
              <option key={text} value={text}>
                {text.replace(/([a-z]+)/, ' $1')}
              </option>
            ))}
          </select>
        </label>
      </Form>
    </>
  );
}
