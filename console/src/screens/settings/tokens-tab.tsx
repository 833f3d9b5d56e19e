'use client';

import {
  API_TOKEN_MAX_DAYS,
  type ApiTokenView,
  type CreatedApiToken,
} from '@streamswarm/contract/wire/access';
import { Missing } from '../../components/table/missing.tsx';
import { dateTime } from '../../format/time.ts';
import { CreateForm } from './create-form.tsx';
import { RoleField } from './form.tsx';
import type { Column } from './record-table.tsx';
import { Records } from './records.tsx';

const PATH = '/api/v1/api-tokens';

const COLUMNS: readonly Column<ApiTokenView>[] = [
  { head: 'Name', cell: ({ name }) => name },
  { head: 'Role', cell: ({ role }) => role },
  {
    head: 'Ends',
    look: ({ state }) => (state === 'expired' ? 'bad' : 'ink2'),
    cell: ({ state, expiresAt }) =>
      `${state === 'expired' ? 'ended ' : ''}${dateTime(Date.parse(expiresAt))}`,
  },
  {
    head: 'Last used',
    look: 'ink2',
    cell: ({ lastUsedAt }) =>
      lastUsedAt === null ? <Missing why="was never used" word="never" /> : dateTime(Date.parse(lastUsedAt)),
  },
  { head: 'Created by', look: 'ink2', cell: ({ createdBy }) => createdBy },
];

/** What scripts show: the guide's API takes them too. */
export function TokensTab() {
  return (
    <>
      <Records
        path={PATH}
        title="API tokens"
        caption="for scripts: Authorization: Bearer TOKEN"
        of="API tokens"
        none="There is none yet."
        columns={() => COLUMNS}
        removal={{ word: 'Delete', object: ({ name }: ApiTokenView) => name }}
      />
      <CreateForm
        path={PATH}
        label="New API token"
        action="Create token"
        read={({ name, role, days }) => ({ ok: true, body: { name, role, days: Number(days) } })}
        secret={{ title: 'The new API token', of: ({ token }: CreatedApiToken) => token }}
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
      </CreateForm>
    </>
  );
}
