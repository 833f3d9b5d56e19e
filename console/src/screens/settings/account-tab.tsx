'use client';

import { useState } from 'react';
import { LOGIN_PAGE } from '../../api/login-address.ts';
import { markLogout } from '../../api/request.ts';
import { Panel } from '../../components/panel/panel.tsx';
import { Button } from '../../components/shell/button.tsx';
import { Form, PasswordField, ProblemLine } from './form.tsx';
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
          <div className={css['under']}>
            <p>
              <b>{name}</b>, {role}
            </p>
            <div className={css['form']}>
              <Button onClick={() => end('/api/v1/login')}>Log out</Button>
              <Button onClick={() => end('/api/v1/login/everywhere')}>Log out everywhere</Button>
            </div>
            <ProblemLine error={logout.error} />
          </div>
        )}
      </Panel>
      <Panel
        title="Password"
        caption="at least 12 characters; logs other browsers out"
        query={who}
        reading="who you are"
      >
        {() => (
          <div className={css['under']}>
            <Form
              label="New password"
              action="Change password"
              busy={change.isPending}
              error={change.error}
              onSubmit={(body, form) => {
                setChanged(false);
                change.mutate(
                  { method: 'PUT', path: '/api/v1/login/password', body },
                  {
                    onSuccess: () => {
                      form.reset();
                      setChanged(true);
                    },
                  },
                );
              }}
            >
              <PasswordField label="Password now" name="current" isNew={false} />
              <PasswordField label="New password" name="password" />
            </Form>
            <p className={css['note']} role="status">
              {changed ? 'The password is changed; all other browsers were logged out.' : ''}
            </p>
          </div>
        )}
      </Panel>
    </>
  );
}
