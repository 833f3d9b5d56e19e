'use client';

import {
  API_TOKEN_MAX_DAYS,
  type ApiTokenList,
  type ApiTokenView,
  type CreatedApiToken,
} from '@streamswarm/contract/wire/access';
import { Panel } from '../../components/panel/panel.tsx';
import { classes } from '../../components/state/class-names.ts';
import { Missing } from '../../components/table/missing.tsx';
import { ScrollBox } from '../../components/table/scroll-box.tsx';
import table from '../../components/table/table.module.css';
import { dateTime } from '../../format/time.ts';
import { ConfirmButton } from './confirm-button.tsx';
import { Form, RoleField } from './form.tsx';
import { SecretBox } from './secret-box.tsx';
import css from './settings.module.css';
import { useChange, useSetting } from './use-settings.ts';

const PATH = '/api/v1/api-tokens';

/** What scripts show: the guide's API takes them too. */
export function TokensTab() {
  const tokens = useSetting<ApiTokenList>(PATH);
  const create = useChange<CreatedApiToken>();
  const remove = useChange();
  return (
    <>
      <Panel
        title="API tokens"
        caption="for scripts: Authorization: Bearer TOKEN"
        query={tokens}
        reading="the API tokens"
        empty={({ items }) => (items.length > 0 ? null : <p className={css['note']}>There is none yet.</p>)}
      >
        {({ items }) => (
          <TokenTable
            items={items}
            onDelete={({ id }) => remove.mutate({ method: 'DELETE', path: `${PATH}/${id}` })}
          />
        )}
      </Panel>
      {create.data === undefined ? null : <SecretBox title="The new API token" secret={create.data.token} />}
      <Form
        label="New API token"
        action="Create token"
        busy={create.isPending}
        error={create.error ?? remove.error}
        onSubmit={({ name, role, days }, form) =>
          create.mutate(
            { method: 'POST', path: PATH, body: { name, role, days: Number(days) } },
            { onSuccess: () => form.reset() },
          )
        }
      >
        <label>
          What it is for
          <input name="name" required maxLength={64} />
        </label>
        <RoleField value="viewer" />
        <label>
          Days
          <input name="days" type="number" min={1} max={API_TOKEN_MAX_DAYS} defaultValue={90} required />
        </label>
      </Form>
    </>
  );
}

interface TokenTableProps {
  readonly items: readonly ApiTokenView[];
  readonly onDelete: (token: ApiTokenView) => void;
}

function TokenTable({ items, onDelete }: TokenTableProps) {
  return (
    <ScrollBox className={css['some']} label="Table of API tokens">
      <table className={table['table']}>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Role</th>
            <th scope="col">Ends</th>
            <th scope="col">Last used</th>
            <th scope="col">Created by</th>
            <th scope="col">
              <span className="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((token) => (
            <tr key={token.id}>
              <td>{token.name}</td>
              <td>{token.role}</td>
              <td className={classes(token.state === 'expired' ? table['bad'] : table['ink2'])}>
                {token.state === 'expired' ? 'ended ' : ''}
                {dateTime(Date.parse(token.expiresAt))}
              </td>
              <td className={table['ink2']}>
                {token.lastUsedAt === null ? (
                  <Missing why="was never used" word="never" />
                ) : (
                  dateTime(Date.parse(token.lastUsedAt))
                )}
              </td>
              <td className={table['ink2']}>{token.createdBy}</td>
              <td>
                <span className={css['actions']}>
                  <ConfirmButton
                    label={`Delete ${token.name}`}
                    word="Delete"
                    onConfirm={() => onDelete(token)}
                  />
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
