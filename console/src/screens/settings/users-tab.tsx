'use client';

import { ROLES, type UserList, type UserView } from '@streamswarm/contract/wire/access';
import { Panel } from '../../components/panel/panel.tsx';
import { Missing } from '../../components/table/missing.tsx';
import { ScrollBox } from '../../components/table/scroll-box.tsx';
import table from '../../components/table/table.module.css';
import { dateTime } from '../../format/time.ts';
import { ConfirmButton } from './confirm-button.tsx';
import { Form, PasswordField, RoleField } from './form.tsx';
import css from './settings.module.css';
import { useChange, useSetting } from './use-settings.ts';

const PATH = '/api/v1/users';

export function UsersTab() {
  const users = useSetting<UserList>(PATH);
  const create = useChange();
  const change = useChange();
  return (
    <>
      <Panel
        title="Users"
        caption={({ items }) => `${items.length}`}
        query={users}
        reading="the users"
        empty={({ items }) =>
          items.length > 0 ? null : (
            <p className={css['note']}>
              Nobody has a login. On this host none is needed; one is needed where StreamSwarm is opened to
              other machines with --host.
            </p>
          )
        }
      >
        {({ items }) => <UserTable items={items} change={change} />}
      </Panel>
      {change.error === null ? null : (
        <p className={css['problem']} role="alert">
          {change.error.message}
        </p>
      )}
      <Form
        label="New user"
        action="Create user"
        busy={create.isPending}
        error={create.error}
        onSubmit={(body, form) =>
          create.mutate({ method: 'POST', path: PATH, body }, { onSuccess: () => form.reset() })
        }
      >
        <label>
          Name
          <input name="name" required autoComplete="off" autoCapitalize="none" spellCheck={false} />
        </label>
        <RoleField value="viewer" />
        <PasswordField label="First password" name="password" />
      </Form>
    </>
  );
}

interface UserTableProps {
  readonly items: readonly UserView[];
  readonly change: ReturnType<typeof useChange>;
}

function UserTable({ items, change }: UserTableProps) {
  return (
    <ScrollBox className={css['some']} label="Table of users">
      <table className={table['table']}>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Role</th>
            <th scope="col">Last login</th>
            <th scope="col" className={table['right']}>
              Logged in
            </th>
            <th scope="col">Created by</th>
            <th scope="col">
              <span className="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((user) => (
            <tr key={user.id}>
              <td>{user.name}</td>
              <td className={css['row']}>
                <select
                  aria-label={`Role of ${user.name}`}
                  value={user.role}
                  onChange={({ target }) =>
                    change.mutate({
                      method: 'PATCH',
                      path: `${PATH}/${user.id}`,
                      body: { role: target.value },
                    })
                  }
                >
                  {ROLES.map((role) => (
                    <option key={role}>{role}</option>
                  ))}
                </select>
              </td>
              <td className={table['ink2']}>
                {user.lastLoginAt === null ? (
                  <Missing why="has never logged in" word="never" />
                ) : (
                  dateTime(Date.parse(user.lastLoginAt))
                )}
              </td>
              <td className={table['right']}>{user.sessions}</td>
              <td className={table['ink2']}>{user.createdBy}</td>
              <td>
                <span className={css['actions']}>
                  <ConfirmButton
                    label={`Delete ${user.name}`}
                    word="Delete"
                    onConfirm={() => change.mutate({ method: 'DELETE', path: `${PATH}/${user.id}` })}
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
