'use client';

import type { CreatedJoinToken, JoinTokenView } from '@streamswarm/contract/wire/joining';
import Link from 'next/link';
import { useEffect, useRef, useState } from 'react';
import { useAgents } from '../../api/queries.ts';
import { Button } from '../../components/shell/button.tsx';
import dialog from '../../components/shell/dialog.module.css';
import { Glyph } from '../../components/shell/glyph.tsx';
import { classes } from '../../components/state/class-names.ts';
import { dateTime } from '../../format/time.ts';
import { agentHref } from '../../url/agent-href.ts';
import { JOIN_TOKENS, JoinTokenForm } from '../settings/join-token-form.tsx';
import { usePolledSetting, useWhoAmI } from '../settings/use-settings.ts';
import css from './agents.module.css';
import { joinProgress } from './join-progress.ts';

/** A token, its one command, and whether the host has come. */
export function AddHostDialog({ onClose }: { readonly onClose: () => void }) {
  const ref = useRef<HTMLDialogElement>(null);
  const [created, setCreated] = useState<CreatedJoinToken | null>(null);
  const who = useWhoAmI().data;
  useEffect(() => {
    ref.current?.showModal();
  }, []);
  // Until it is known who asks there is only a button, which has the focus then.
  useEffect(() => {
    if (who?.role === 'admin') ref.current?.querySelector('input')?.focus();
  }, [who?.role]);
  return (
    <dialog
      ref={ref}
      className={classes(dialog['dialog'], dialog['wide'])}
      aria-labelledby="add-host"
      onClose={onClose}
    >
      <h2 id="add-host">Add a host</h2>
      <p>
        A host outside the cluster measures once it has run one command. Its token is good for one host; the
        command carries the fingerprint of this operator’s certificate, so that it joins nobody else.
      </p>
      {who?.role === 'admin' ? (
        <div className={css['add']}>
          <JoinTokenForm onCreated={setCreated} />
          {created === null ? null : <Waiting token={created} />}
        </div>
      ) : who === undefined ? null : (
        <p>Only an admin may create tokens. Ask one, or log in as one.</p>
      )}
      <div className={dialog['buttons']}>
        <Button onClick={() => ref.current?.close()}>Close</Button>
      </div>
    </dialog>
  );
}

/** Follows the token that was made last. */
function Waiting({ token }: { readonly token: CreatedJoinToken }) {
  const tokens = usePolledSetting<{ readonly items: readonly JoinTokenView[] }>(JOIN_TOKENS);
  const agents = useAgents().data?.items ?? [];
  const progress = joinProgress(
    tokens.data?.items.find(({ id }) => id === token.id),
    agents,
  );
  return (
    <p className={css['waiting']} role="status">
      {progress.kind === 'here' ? (
        <>
          <Glyph name={progress.online ? 'online' : 'pending'} />
          <span>
            <Link href={agentHref(progress.name)}>{progress.name}</Link> has joined
            {progress.online ? ' and is heard.' : '; it is not heard yet.'}
          </span>
        </>
      ) : progress.kind === 'joined' ? (
        <>
          <Glyph name="pending" /> <span>The host has joined and opens its first session.</span>
        </>
      ) : progress.kind === 'over' ? (
        <>
          <Glyph name="refused" /> <span>The token is {progress.state}: create another.</span>
        </>
      ) : (
        <>
          <Glyph name="pending" />{' '}
          <span>Waiting for the host; the token ends {dateTime(Date.parse(token.expiresAt))}.</span>
        </>
      )}
    </p>
  );
}
