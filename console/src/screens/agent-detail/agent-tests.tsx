'use client';

import { formatCount, formatPercent } from '@streamswarm/contract/format/numbers';
import type { Accounting } from '@streamswarm/contract/wire/books';
import type { TestSummary } from '@streamswarm/contract/wire/views';
import type { UseQueryResult } from '@tanstack/react-query';
import Link from 'next/link';
import { useTests } from '../../api/queries.ts';
import { Empty, Panel } from '../../components/panel/panel.tsx';
import { Glyph } from '../../components/shell/glyph.tsx';
import { classes } from '../../components/state/class-names.ts';
import { Missing } from '../../components/table/missing.tsx';
import { ScrollBox } from '../../components/table/scroll-box.tsx';
import table from '../../components/table/table.module.css';
import { rangeLabel } from '../../url/range.ts';
import { useRange } from '../../url/use-query-state.ts';
import { stateGlyph } from '../tests/test-state.ts';
import css from './agent-detail.module.css';

interface AgentTestsProps {
  /** The books of this agent alone. */
  readonly books: UseQueryResult<Accounting>;
}

/** The tests it measured for in this time, with what became of its own slots. */
export function AgentTests({ books }: AgentTestsProps) {
  const range = useRange();
  const summaries = new Map(
    useTests(range).data?.items.map((test) => [`${test.namespace}/${test.name}`, test]),
  );
  return (
    <Panel
      title="Tests it serves"
      caption={`its own slots, ${rangeLabel(range)} · most not ok first`}
      query={books}
      reading="its books"
      empty={({ tests }) =>
        tests.length > 0 ? null : (
          <Empty title="No test asked it for anything in this time.">
            A test chooses its agents by their labels, in spec.sources.
          </Empty>
        )
      }
    >
      {({ tests }) => (
        <ScrollBox className={css['scroll']} label="Table of tests">
          <table className={table['table']}>
            <thead>
              <tr>
                <th scope="col">Test</th>
                {['Slots', 'ok', 'Lost', 'Error', 'Denied', 'Dropped', 'Pending'].map((title) => (
                  <th key={title} scope="col" className={table['right']}>
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {tests.toSorted(worstFirst).map((line) => {
                const name = `${line.namespace}/${line.test}`;
                return <Row key={name} name={name} line={line} summary={summaries.get(name)} />;
              })}
            </tbody>
          </table>
        </ScrollBox>
      )}
    </Panel>
  );
}

type Line = Accounting['tests'][number];

interface RowProps {
  readonly name: string;
  readonly line: Line;
  /** Absent for a test that was deleted. */
  readonly summary: TestSummary | undefined;
}

function Row({ name, line, summary }: RowProps) {
  const due = line.scheduled - line.pending;
  return (
    <tr>
      <td>
        {summary === undefined ? (
          <span className={table['ink2']}>{name}, deleted</span>
        ) : (
          <span className={css['named']}>
            <Glyph name={stateGlyph(summary)} />
            <Link href={`/tests/view/?test=${name}`}>
              <b>{name}</b>
            </Link>
          </span>
        )}
      </td>
      <td className={table['right']}>{formatCount(line.scheduled)}</td>
      <td className={table['right']}>
        {due === 0 ? <Missing why="no slot of it was due in this time" /> : formatPercent(line.ok / due)}
      </td>
      <td className={classes(table['right'], line.lost > 0 && table['bad'])}>{formatCount(line.lost)}</td>
      <td className={classes(table['right'], line.error > 0 && table['bad'])}>{formatCount(line.error)}</td>
      <td className={table['right']}>{formatCount(line.denied)}</td>
      <td className={table['right']}>{formatCount(line.dropped)}</td>
      <td className={table['right']}>{formatCount(line.pending)}</td>
    </tr>
  );
}

function worstFirst(a: Line, b: Line): number {
  return (
    b.lost + b.error - (a.lost + a.error) ||
    b.dropped + b.denied - (a.dropped + a.denied) ||
    b.scheduled - a.scheduled
  );
}
