'use client';

import { formatDurationMs } from '@streamswarm/contract/duration/duration';
import { type CreatedJoinToken, JOIN_TOKEN_MS } from '@streamswarm/contract/wire/joining';
import { CreateForm, type ReadBody, type Values } from './create-form.tsx';
import { readLabels } from './read-labels.ts';
import css from './settings.module.css';

export const JOIN_TOKENS = '/api/v1/join-tokens';
const VALIDITIES = ['15m', '30m', formatDurationMs(JOIN_TOKEN_MS)];

interface JoinTokenFormProps {
  readonly onCreated?: (token: CreatedJoinToken) => void;
}

/** Creates a token for one host and shows the one command that uses it. */
export function JoinTokenForm(props: JoinTokenFormProps) {
  return (
    <CreateForm
      {...props}
      path={JOIN_TOKENS}
      label="New join token"
      action="Create token"
      read={readToken}
      secret={{ title: 'Run this on the host, as root', of: ({ command }: CreatedJoinToken) => command }}
    >
      <label>
        Name of the agent
        <input name="name" placeholder="the host's own name" autoCapitalize="none" spellCheck={false} />
      </label>
      <label className={css['wide']}>
        Labels, by which tests aim
        <input name="labels" placeholder="site=factory-7, zone=b" autoCapitalize="none" spellCheck={false} />
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
    </CreateForm>
  );
}

function readToken({ name = '', labels = '', expiresIn = '' }: Values): ReadBody {
  const read = readLabels(labels);
  if (!read.ok) return read;
  const named = name.trim() === '' ? {} : { name: name.trim() };
  return { ok: true, body: { ...named, labels: read.labels, expiresIn } };
}
