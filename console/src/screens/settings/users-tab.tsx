'use client';

import { ROLES, type UserView } from '@streamswarm/contract/wire/access';
import { Missing } from '../../components/table/missing.tsx';
import { dateTime } from '../../format/time.ts';
import { CreateForm } from './create-form.tsx';
import { PasswordField, RoleField } from './form.tsx';
import type { Column } from './record-table.tsx';
import { Records } from './records.tsx';
import css from './settings.module.css';

const PATH = '/api/v1/users';

export function UsersTab() {
  return (
    <>
      <Records
        path={PATH}
        title="Users"
        caption={String}
        of="users"
        none="Nobody has a login. On this host none is needed; one is needed where StreamSwarm is opened to other machines with --host."
        columns={columns}
        removal={{ word: 'Delete', object: ({ name }: UserView) => name }}
      />
      <CreateForm path={PATH} label="New user" action="Create user">
        <label>
          Name
          <input name="name" required autoComplete="off" autoCapitalize="none" spellCheck={false} />
        </label>
        <RoleField value="viewer" />
        <PasswordField label="First password" name="password" />
      </CreateForm>
    </>
  );
}

function columns(change: (user: UserView, body: { role: string }) => void): readonly Column<UserView>[] {
  return [
    { head: 'Name', cell: ({ name }) => name },
    {
      head: 'Role',
      cell: (user) => (
        <span className={css['row']}>
          <select
            aria-label={`Role of ${user.name}`}
            value={user.role}
            onChange={({ target }) => change(user, { role: target.value })}
          >
            {ROLES.map((role) => (
              <option key={role}>{role}</option>
            ))}
          </select>
        </span>
      ),
    },
    {
      head: 'Last login',
      look: 'ink2',
      cell: ({ lastLoginAt }) =>
        lastLoginAt === null ? (
          <Missing why="has never logged in" word="never" />
        ) : (
          dateTime(Date.parse(lastLoginAt))
        ),
    },
    { head: 'Logged in', look: 'right', cell: ({ sessions }) => sessions },
    { head: 'Created by', look: 'ink2', cell: ({ createdBy }) => createdBy },
  ];
}
