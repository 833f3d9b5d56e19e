'use client';

import type { Accounting } from '@streamswarm/contract/wire/books';
import type { AgentView } from '@streamswarm/contract/wire/views';
import { useState } from 'react';
import { Button } from '../../components/shell/button.tsx';
import { Glyph } from '../../components/shell/glyph.tsx';
import { classes } from '../../components/state/class-names.ts';
import { useNow } from '../../components/state/use-now.ts';
import { dateTime, formatAge } from '../../format/time.ts';
import { useWhoAmI } from '../settings/use-settings.ts';
import css from './agent-detail.module.css';
import { agentState, troubleOf } from './agent-state.ts';
import { RevokeDialog } from './revoke-dialog.tsx';

interface AgentStripProps {
  readonly agent: AgentView;
  readonly books: Accounting | undefined;
}

/** Its state, what of its slots went wrong, and what can be done. */
export function AgentStrip({ agent, books }: AgentStripProps) {
  const now = useNow();
  const [revoking, setRevoking] = useState(false);
  const isAdmin = useWhoAmI().data?.role === 'admin';
  const { word, glyph, wrong } = agentState(agent);
  const mayEnd = agent.kind === 'Host' && !agent.gone && agent.revokedAt == null;
  return (
    <section className={css['strip']} aria-label="State">
      <div className={css['state']}>
        <p>
          <Glyph name={glyph} /> <b className={classes(wrong && css['bad'])}>{word}</b>{' '}
          <span className={css['bad']}>{troubleOf(books)}</span>
        </p>
        <small>
          {agent.revokedAt == null
            ? `last heard ${formatAge((now - Date.parse(agent.lastSeen)) / 1_000)} ago`
            : `revoked ${dateTime(Date.parse(agent.revokedAt))}; what it measured stays`}{' '}
          · {agent.tests} {agent.tests === 1 ? 'test' : 'tests'}, {agent.streams.toLocaleString('en')}{' '}
          {agent.streams === 1 ? 'stream' : 'streams'}
        </small>
      </div>
      {isAdmin && mayEnd ? (
        <div className={css['actions']}>
          <Button kind="danger" onClick={() => setRevoking(true)}>
            Revoke…
          </Button>
        </div>
      ) : null}
      {revoking ? <RevokeDialog name={agent.name} onClose={() => setRevoking(false)} /> : null}
    </section>
  );
}
