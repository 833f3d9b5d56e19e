'use client';

import type { JoinTokenView } from '@streamswarm/contract/wire/joining';
import { Panel } from '../../components/panel/panel.tsx';
import { ScrollBox } from '../../components/table/scroll-box.tsx';
import table from '../../components/table/table.module.css';
import { dateTime } from '../../format/time.ts';
import { ConfirmButton } from './confirm-button.tsx';
import { JOIN_TOKENS, JoinTokenForm } from './join-token-form.tsx';
import css from './settings.module.css';
import { useChange, useSetting } from './use-settings.ts';

/** How another host comes to measure here. */
export function HostsTab() {
  const tokens = useSetting<{ readonly items: readonly JoinTokenView[] }>(JOIN_TOKENS);
  const revoke = useChange();
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
            onRevoke={({ id }) => revoke.mutate({ method: 'DELETE', path: `${JOIN_TOKENS}/${id}` })}
          />
        )}
      </Panel>
      {revoke.error === null ? null : (
        <p className={css['problem']} role="alert">
          {revoke.error.message}
        </p>
      )}
      <JoinTokenForm />
    </>
  );
}

interface JoinTokenTableProps {
  readonly items: readonly JoinTokenView[];
  readonly onRevoke: (token: JoinTokenView) => void;
}

function JoinTokenTable({ items, onRevoke }: JoinTokenTableProps) {
  return (
    <ScrollBox className={css['some']} label="Table of join tokens">
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
    </ScrollBox>
  );
}
