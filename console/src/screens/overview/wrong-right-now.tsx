'use client';

import type { Accounting } from '@streamswarm/contract/wire/books';
import Link from 'next/link';
import { useAccounting, useAgents, useBrokenLimits, useTests } from '../../api/queries.ts';
import { Empty, Panel } from '../../components/panel/panel.tsx';
import { Glyph } from '../../components/shell/glyph.tsx';
import { classes } from '../../components/state/class-names.ts';
import { useNow } from '../../components/state/use-now.ts';
import { useRowFocus } from '../../components/table/row-focus.ts';
import table from '../../components/table/table.module.css';
import { clockTimeOn, formatAge } from '../../format/time.ts';
import { useRange } from '../../url/use-query-state.ts';
import { type Finding, findings } from './findings.ts';
import css from './overview.module.css';

/** What happened within it counts as now. */
const NOW_RANGE = { kind: 'last', text: '5m', ms: 300_000 } as const;
const MOST = 6;

export function WrongRightNow() {
  const range = useRange();
  const recent = useAccounting(NOW_RANGE);
  const others = [
    useTests(range).data?.items,
    useAgents().data?.items,
    useBrokenLimits().data?.items,
  ] as const;
  const [tests = [], agents = [], broken = []] = others;
  const found = recent.data === undefined ? [] : findings({ tests, agents, broken, recent: recent.data });
  return (
    <Panel
      title="Wrong right now"
      caption={
        found.length === 0
          ? ''
          : `${found.length} ${found.length === 1 ? 'finding' : 'findings'} · wrong before limited, then by what they touch${
              found.length > MOST ? `, the first ${MOST}` : ''
            }`
      }
      query={recent}
      reading="the books of the last 5 min"
      empty={(books) =>
        found.length > 0 ? null : others.includes(undefined) ? (
          <Unknown />
        ) : (
          <Quiet books={books} agents={agents.length} tests={tests.length} />
        )
      }
    >
      {() => <Findings found={found} />}
    </Panel>
  );
}

/** That nothing is wrong can be said of what was read alone. */
function Unknown() {
  return (
    <Empty title="Not everything has been read yet.">
      The books are there; tests, agents or limits are not.
    </Empty>
  );
}

function Quiet({ books, agents, tests }: { books: Accounting; agents: number; tests: number }) {
  return (
    <Empty title="Nothing that was measured is wrong.">
      Looked at in the last 5 min: {agents} {agents === 1 ? 'agent' : 'agents'}, {tests}{' '}
      {tests === 1 ? 'test' : 'tests'}, {books.scheduled.toLocaleString('en')} slots. No agent is silent, no
      slot was lost, in error, dropped, denied or unaccounted, and no limit of a test is broken.
    </Empty>
  );
}

function Findings({ found }: { readonly found: readonly Finding[] }) {
  const now = useNow();
  useRowFocus();
  return (
    <table className={classes(table['table'], table['two'])}>
      <thead>
        <tr>
          <th scope="col" style={{ paddingLeft: 22 }}>
            What
          </th>
          <th scope="col" className={css['hide']}>
            Where
          </th>
          <th scope="col">Since</th>
          <th scope="col" className={table['right']}>
            Touches
          </th>
        </tr>
      </thead>
      <tbody>
        {found.slice(0, MOST).map((finding) => (
          <tr key={finding.id} data-row={finding.id}>
            <td>
              <div className={css['what']}>
                <Glyph name={finding.severity === 'broken' ? 'wrong' : finding.severity} />
                <Link href={finding.href}>
                  <b>{finding.what}</b>
                  <small>{finding.detail}</small>
                </Link>
              </div>
            </td>
            <td className={classes(table['ink2'], css['hide'])}>{finding.where}</td>
            <td>
              {finding.sinceMs === null ? (
                <span className={table['ink2']}>{finding.counted ? 'last 5 min' : 'now'}</span>
              ) : (
                <>
                  {clockTimeOn(finding.sinceMs, now)}{' '}
                  <span className={table['ink2']}>{formatAge((now - finding.sinceMs) / 1_000)}</span>
                </>
              )}
            </td>
            <td className={table['right']}>{finding.amount}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
