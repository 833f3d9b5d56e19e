'use client';

import type { TestDetail, TestSummary } from '@streamswarm/contract/wire/views';
import Link from 'next/link';
import { useEffect } from 'react';
import { useTestPaths } from '../../api/path-queries.ts';
import { type TestName, useAccounting, useTest } from '../../api/queries.ts';
import { ZERO } from '../../books/books.ts';
import { Empty, ProblemBlock } from '../../components/panel/panel.tsx';
import { BooksFoot } from '../../components/shell/books-foot.tsx';
import { LinkButton } from '../../components/shell/button.tsx';
import { Page } from '../../components/shell/page.tsx';
import { rangeLabel } from '../../url/range.ts';
import { useQueryState, useRange } from '../../url/use-query-state.ts';
import { traceProbesOf } from '../test-detail/view-choice.ts';
import { ChangedAge } from './changed-age.tsx';
import { chooseStream, destinationsFrom, type Stream } from './choose-stream.ts';
import { PathPickers } from './path-pickers.tsx';
import css from './paths.module.css';
import { StreamView } from './stream-view.tsx';

interface PathsOfTestProps {
  readonly name: TestName;
  readonly tests: readonly TestSummary[];
}

export function PathsOfTest({ name, tests }: PathsOfTestProps) {
  const range = useRange();
  const { query } = useQueryState();
  const detail = useTest(name, range);
  const probes = detail.data === undefined ? [] : traceProbesOf(detail.data);
  const probe = probes.find((each) => each === query.get('probe')) ?? probes[0] ?? null;
  const { stream, agents, isKnown } = useStream(name, detail.data, probe);
  const books = useAccounting(range, { ...name, ...stream, probe });
  const destinations =
    stream === null || detail.data === undefined || probe === null
      ? []
      : destinationsFrom(stream.agent, { agents, pairs: detail.data.pairs, probe });
  const label =
    stream === null
      ? `traces of ${name.name}`
      : `${probe}, ${stream.agent} → ${stream.destination}, ${rangeLabel(range)}`;
  const isKnownEmpty = detail.data !== undefined && probe === null;
  const line =
    books.data === undefined || (stream === null && !isKnownEmpty)
      ? undefined
      : isKnownEmpty
        ? ZERO
        : books.data;
  const periodMs = periodOf(detail.data, probe);
  const pickers = (
    <PathPickers
      name={name}
      tests={tests}
      choice={{ stream, probe }}
      offered={{ agents, destinations, probes }}
    />
  );
  return (
    <Page
      name="Paths"
      title={
        <>
          <Link href="/paths/">Paths</Link>
          {stream === null ? null : (
            <>
              {' '}
              <i className={css['slash']}>/</i> {stream.agent} → {stream.destination}
            </>
          )}
        </>
      }
      beside={
        stream === null || probe === null ? null : (
          <ChangedAge name={name} stream={{ ...stream, probe }} periodMs={periodMs} />
        )
      }
      foot={<BooksFoot label={label} books={line} />}
    >
      {stream !== null && probe !== null && detail.data !== undefined ? (
        <StreamView
          key={`${probe} ${stream.agent} ${stream.destination}`}
          name={name}
          stream={{ ...stream, probe }}
          periodMs={periodMs}
          pickers={pickers}
          isRunning={detail.data.summary.state === 'Running'}
        />
      ) : (
        <>
          <div className={css['bar']}>{pickers}</div>
          <div className={css['block']}>
            {detail.data === undefined ? (
              detail.error === null ? null : (
                <ProblemBlock error={detail.error} />
              )
            ) : probe === null ? (
              <NoTrace name={name} />
            ) : isKnown ? (
              <Empty title="No agent had anything to trace in this time.">
                Choose a longer range, or look at the test: its agents and destinations stand there.
              </Empty>
            ) : null}
          </div>
        </>
      )}
    </Page>
  );
}

/** The stream of the address, or the one that is worth looking at; the address then names it, so that it stays. */
function useStream(name: TestName, detail: TestDetail | undefined, probe: string | null) {
  const range = useRange();
  const { query, change } = useQueryState();
  const asked = { agent: query.get('agent'), destination: query.get('dest') };
  const isOpen = asked.agent === null || asked.destination === null;
  const seen = useTestPaths(name, {
    range,
    probe: probe ?? '',
    agent: asked.agent,
    destination: null,
    enabled: isOpen && probe !== null,
  });
  const ofTest = useAccounting(range, name);
  const agents = namesOf(ofTest.data?.agents.map(({ agent }) => agent) ?? [], asked.agent);
  const isKnown = !isOpen || (seen.data !== undefined && ofTest.data !== undefined);
  const known = { agents, pairs: detail?.pairs ?? [], probe: probe ?? '', paths: seen.data?.paths ?? [] };
  const stream: Stream | null =
    isKnown && probe !== null && detail !== undefined ? chooseStream(asked, known) : null;
  useEffect(() => {
    if (isOpen && stream !== null) change({ agent: stream.agent, dest: stream.destination });
  }, [isOpen, stream, change]);
  return { stream, agents, isKnown };
}

function namesOf(names: readonly string[], own: string | null): string[] {
  return [...new Set([...(own === null ? [] : [own]), ...names])].sort();
}

const USUAL_PERIOD_MS = 60_000;

function periodOf(detail: TestDetail | undefined, probe: string | null): number {
  const pair = detail?.pairs.find((each) => each.probe === probe);
  return pair === undefined ? USUAL_PERIOD_MS : pair.periodSeconds * 1_000;
}

function NoTrace({ name }: { readonly name: TestName }) {
  return (
    <>
      <Empty title={`The test ${name.name} traces no path.`}>
        Add the probe trace to it, and each agent looks once a minute which routers lead to each destination.
        An agent that can send what the probe icmp sends can trace; its page says whether it can.
      </Empty>
      <pre className={css['yaml']}>{'probes:\n  - trace: {}'}</pre>
      <LinkButton href={`/tests/new/?edit=${name.namespace}/${name.name}`}>Edit the test</LinkButton>
    </>
  );
}
