'use client';

import Link from 'next/link';
import { useAccounting, useAgent } from '../../api/queries.ts';
import { RequestError } from '../../api/request.ts';
import { Empty, ProblemBlock } from '../../components/panel/panel.tsx';
import { BooksFoot } from '../../components/shell/books-foot.tsx';
import { LinkButton } from '../../components/shell/button.tsx';
import { Page } from '../../components/shell/page.tsx';
import { rangeLabel } from '../../url/range.ts';
import { useQueryState, useRange } from '../../url/use-query-state.ts';
import css from './agent-detail.module.css';
import { AgentStrip } from './agent-strip.tsx';
import { AgentTests } from './agent-tests.tsx';
import { Capabilities } from './capabilities.tsx';
import { History } from './history.tsx';
import { Identity } from './identity.tsx';
import { Machine } from './machine.tsx';
import { MachineParts } from './machine-parts.tsx';

/** Can I trust this agent, and what can it see? */
export function AgentDetailScreen() {
  const { query } = useQueryState();
  const name = query.get('agent') ?? '';
  return name === '' ? <NoName /> : <OneAgent key={name} name={name} />;
}

function OneAgent({ name }: { readonly name: string }) {
  const range = useRange();
  const agent = useAgent(name);
  const books = useAccounting(range, { agent: name });
  return (
    <Page
      name={name}
      title={
        <>
          <Link href="/agents/">Agents</Link> <i className={css['slash']}>/</i> {name}
        </>
      }
      foot={<BooksFoot label={`${name}, ${rangeLabel(range)}`} books={books.data} />}
    >
      {agent.data === undefined ? (
        <div className={css['block']}>
          {agent.error === null ? null : agent.error instanceof RequestError && agent.error.status === 404 ? (
            <Unknown name={name} />
          ) : (
            <ProblemBlock error={agent.error} />
          )}
        </div>
      ) : (
        <>
          <AgentStrip agent={agent.data} books={books.data} />
          <div className={css['split']}>
            <Identity agent={agent.data} />
            <div className={css['main']}>
              <Capabilities agent={agent.data} />
              <Machine agent={agent.data} />
              <MachineParts agent={name} />
              <AgentTests books={books} />
              <History agent={name} />
            </div>
          </div>
        </>
      )}
    </Page>
  );
}

function Unknown({ name }: { readonly name: string }) {
  return (
    <>
      <Empty title={`There is no agent ${name}.`}>
        It has never opened a session here, or the link has a typing error. Agents that were taken away keep
        their page.
      </Empty>
      <LinkButton href="/agents/">All agents</LinkButton>
    </>
  );
}

function NoName() {
  return (
    <Page name="Agent" foot={<BooksFoot label="No agent" books={undefined} />}>
      <div className={css['block']}>
        <Empty title="This address names no agent.">It should end in ?agent=NAME.</Empty>
        <LinkButton href="/agents/">All agents</LinkButton>
      </div>
    </Page>
  );
}
