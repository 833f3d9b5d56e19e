'use client';

import { useState } from 'react';
import { LOGIN_PAGE } from '../../api/login-address.ts';
import { markLogout } from '../../api/request.ts';
import { Panel } from '../../components/panel/panel.tsx';
import { Button } from '../../components/shell/button.tsx';
import { Form, PasswordField } from './form.tsx';
import css from './settings.module.css';
import { useChange, useWhoAmI } from './use-settings.ts';

/** Your own login. */
export function AccountTab() {
  const who = useWhoAmI();
  const logout = useChange();
  const change = useChange();
  const [changed, setChanged] = useState(false);
  const end = (path: string): void => {
    markLogout(true);
    logout.mutate(
      { method: 'DELETE', path },
      { onSuccess: () => window.location.assign(LOGIN_PAGE), onError: () => markLogout(false) },
    );
  };
  return (
    <>
      <Panel title="My account" query={who} reading="who you are">
        {({ name, role }) => (
          <p>
            <b>{name}</b>, {role}
          </p>
        )}
      </Panel>
      <div className={css['form']}>
        <Button onClick={() => end('/api/v1/login')}>Log out</Button>
        <Button onClick={() => end('/api/v1/login/everywhere')}>Log out everywhere</Button>
      </div>
      <Form
        label="New password"
        action="Change password"
        busy={change.isPending}
        error={change.error ?? logout.error}
        onSubmit={(body, form) =>
          change.mutate(
            { method: 'PUT', path: '/api/v1/login/password', body },
            {
              onSuccess: () => {
                form.reset();
                setChanged(true);
              },
            },
          )
        }
      >
        <PasswordField label="Password now" name="current" isNew={false} />
        <PasswordField label="New password" name="password" />
      </Form>
      <p className={css['note']} role="status">
        {changed ? 'The password is changed; all other browsers were logged out.' : ''}
      </p>
    </>
  );
}
