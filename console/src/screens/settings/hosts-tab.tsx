'use client';

import type { CreatedJoinToken, JoinTokenView } from '@streamswarm/contract/wire/joining';
import { useState } from 'react';
import { Panel } from '../../components/panel/panel.tsx';
import table from '../../components/table/table.module.css';
import { dateTime } from '../../format/time.ts';
import { ConfirmButton } from './confirm-button.tsx';
import { Form } from './form.tsx';
import { readLabels } from './read-labels.ts';
import { SecretBox } from './secret-box.tsx';
import css from './settings.module.css';
import { useChange, useSetting } from './use-settings.ts';

const PATH = '/api/v1/join-tokens';

/** How another host comes to measure here. */
export function HostsTab() {
  const tokens = useSetting<{ readonly items: readonly JoinTokenView[] }>(PATH);
  const create = useChange<CreatedJoinToken>();
  const revoke = useChange();
  const [wrongLabel, setWrongLabel] = useState<Error | null>(null);
  return (
    <>
      <Panel
        title="Join tokens"
        caption="one host each, for an hour at most"
        query={tokens}
        reading="the join tokens"
        empty={({ items }) =>
          items.length > 0 ? null : (
            <p className={css['note']}>There is none. Create one and run its command on the host.</p>
          )
        }
      >
        {({ items }) => (
          <JoinTokenTable
            items={items}
            onRevoke={({ id }) => revoke.mutate({ method: 'DELETE', path: `${PATH}/${id}` })}
          />
        )}
      </Panel>
      {create.data === undefined ? null : (
        <SecretBox title="Run this on the host, as root" secret={create.data.command} />
      )}
      <Form
        label="New join token"
        action="Create token"
        busy={create.isPending}
        error={wrongLabel ?? create.error ?? revoke.error}
        onSubmit={({ name = '', labels = '' }, form) => {
          const read = readLabels(labels);
          setWrongLabel(read.ok ? null : new Error(read.problem));
          if (!read.ok) return;
          const named = name.trim() === '' ? {} : { name: name.trim() };
          create.mutate(
            { method: 'POST', path: PATH, body: { ...named, labels: read.labels } },
            { onSuccess: () => form.reset() },
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
      </Form>
    </>
  );
}

interface JoinTokenTableProps {
  readonly items: readonly JoinTokenView[];
  readonly onRevoke: (token: JoinTokenView) => void;
}

function JoinTokenTable({ items, onRevoke }: JoinTokenTableProps) {
  return (
    <div className={css['some']}>
      <table className={table['table']}>
        <thead>
          <tr>
            <th scope="col">State</th>
            <th scope="col">Agent</th>
            <th scope="col">Labels</th>
            <th scope="col">Created</th>
            <th scope="col">Ends</th>
            <th scope="col">
              <span className="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((token) => (
            <tr key={token.id}>
              <td>{token.state}</td>
              <td>{token.name ?? 'by the host’s name'}</td>
              <td className={table['ink2']}>
                {Object.entries(token.labels)
                  .map(([key, value]) => `${key}=${value}`)
                  .join(', ')}
              </td>
              <td className={table['ink2']}>
                {dateTime(Date.parse(token.createdAt))} by {token.createdBy}
              </td>
              <td className={table['ink2']}>{dateTime(Date.parse(token.usedAt ?? token.expiresAt))}</td>
              <td>
                <span className={css['actions']}>
                  {token.state === 'open' ? (
                    <ConfirmButton
                      label={`Revoke the token of ${dateTime(Date.parse(token.createdAt))}`}
                      word="Revoke"
                      onConfirm={() => onRevoke(token)}
                    />
                  ) : null}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
