'use client';

import type { WhoAmI } from '@streamswarm/contract/wire/access';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { pageAfterLogin } from '../../api/login-address.ts';
import { forgetAll } from '../../api/remembered.ts';
import { getJson } from '../../api/request.ts';
import { Logo } from '../../components/shell/logo.tsx';
import css from './login.module.css';
import { LoginForm } from './login-form.tsx';

/** Who is it? */
export function LoginScreen() {
  const link = useAdminLink();
  const who = useQuery({ queryKey: ['login'], queryFn: () => getJson<WhoAmI>('/api/v1/login') }).data;
  // What somebody else has read in this browser is not kept over a login.
  useEffect(() => void forgetAll(), []);
  const isKnown = who !== undefined && who.kind !== 'nobody' && link === null;
  useEffect(() => {
    document.title = 'Log in \u00b7 StreamSwarm';
    if (isKnown) leave();
  }, [isKnown]);
  return (
    <main className={css['page']} id="page">
      <div className={css['box']}>
        <span className={css['brand']}>
          <Logo />
          StreamSwarm
        </span>
        {link === null ? (
          <>
            <h1>Log in</h1>
            {who?.setupPossible === true ? (
              <p>
                Nobody has a login yet. Open the admin link that StreamSwarm printed when it started; it is
                good for an hour, and a new start prints a new one.
              </p>
            ) : null}
            <LoginForm path="/api/v1/login" action="Log in" isNew={false} extra={{}} onDone={leave} />
          </>
        ) : (
          <>
            <h1>The first admin</h1>
            <p>Choose your name and a password of at least 12 characters; some words are best.</p>
            <LoginForm
              path="/api/v1/login/setup"
              action="Create the admin"
              isNew
              extra={{ token: link }}
              onDone={leave}
            />
          </>
        )}
      </div>
    </main>
  );
}

/** The secret of the admin link, which leaves the address at once: it must not stay in the history. */
function useAdminLink(): string | null {
  const [link, setLink] = useState<string | null>(null);
  useEffect(() => {
    const { hash, pathname, search } = window.location;
    const token = new URLSearchParams(hash.slice(1)).get('setup');
    if (token === null) return;
    setLink(token);
    window.history.replaceState(window.history.state, '', `${pathname}${search}`);
  }, []);
  return link;
}

/** A whole new page, which reads everything anew under the new login. */
function leave(): void {
  const { search, origin } = window.location;
  window.location.assign(pageAfterLogin(new URLSearchParams(search).get('next'), origin));
}
