'use client';

import type { TestDetail } from '@streamswarm/contract/wire/views';
import type { UseQueryResult } from '@tanstack/react-query';
import Link from 'next/link';
import { isMissing, type TestName, useTestsNamed } from '../../api/queries.ts';
import { sumBooks } from '../../books/books.ts';
import { CursorProvider } from '../../components/charts/shared-cursor.tsx';
import { Empty } from '../../components/panel/panel.tsx';
import { BooksFoot } from '../../components/shell/books-foot.tsx';
import { LinkButton } from '../../components/shell/button.tsx';
import { Page } from '../../components/shell/page.tsx';
import { rangeLabel } from '../../url/range.ts';
import { useQueryState, useRange } from '../../url/use-query-state.ts';
import css from './compare.module.css';
import { CompareCharts } from './compare-charts.tsx';
import { ComparePickers } from './compare-pickers.tsx';
import { CompareTable } from './compare-table.tsx';
import { type ComparedTest, kindsOf, LEAST, probeOfKind, readTests } from './compared-tests.ts';

/** Which of these tests is slower, or loses more, and since when? */
export function CompareScreen() {
  const { query } = useQueryState();
  const names = readTests(query.get('tests'));
  const range = useRange();
  const details = useTestsNamed(names, range);
  const read = details.flatMap(({ data }) => data ?? []);
  // What is not there has no books; what could not be read has some that are not known.
  const isRead = details.every(
    ({ data, error }) => data !== undefined || (error !== null && isMissing(error)),
  );
  return (
    <Page
      name="Compare"
      title={
        <>
          <Link href="/tests/">Tests</Link> <i className={css['slash']}>/</i> Compare
        </>
      }
      foot={
        <BooksFoot
          label={`${read.length} ${read.length === 1 ? 'test' : 'tests'}, ${rangeLabel(range)}`}
          books={isRead ? sumBooks(read.map(({ summary }) => summary.books)) : undefined}
        />
      }
    >
      {names.length < LEAST ? <TooFew /> : <Compared names={names} details={details} />}
    </Page>
  );
}

interface ComparedProps {
  readonly names: readonly TestName[];
  /** In the same order. */
  readonly details: readonly UseQueryResult<TestDetail>[];
}

function Compared({ names, details }: ComparedProps) {
  const { query } = useQueryState();
  const kinds = kindsOf(details.flatMap(({ data }) => data ?? []));
  const kind = kinds.find((each) => each === query.get('probe')) ?? kinds[0];
  if (kind === undefined) {
    return details.some(({ isPending }) => isPending) ? null : (
      <div className={css['block']}>
        <Empty title="None of these tests measures a destination.">Choose others in the list of tests.</Empty>
        <LinkButton href="/tests/">All tests</LinkButton>
      </div>
    );
  }
  const tests = names.map((name, place): ComparedTest => {
    const { data, error } = details[place] as UseQueryResult<TestDetail>;
    const probe = data === undefined ? null : probeOfKind(data, kind);
    return { name, probe, why: whyNothing(error, data === undefined ? null : kind) };
  });
  const metric = query.get('metric');
  return (
    <CursorProvider>
      <ComparePickers kinds={kinds} kind={kind} metric={metric} />
      <CompareTable tests={tests} kind={kind} metric={metric} />
      <CompareCharts tests={tests.filter(({ probe }) => probe !== null)} metric={metric} />
    </CursorProvider>
  );
}

/** Why a figure of a test is missing. */
function whyNothing(error: Error | null, kind: string | null): string {
  if (kind !== null) return `it does not measure by ${kind}`;
  if (error === null) return 'not read yet';
  return isMissing(error) ? 'there is no such test' : 'it could not be read';
}

function TooFew() {
  return (
    <div className={css['block']}>
      <Empty title="Nothing to compare yet.">
        Choose two to eight tests in the list (X) and press C: their results stand here below one another, on
        one time and one scale.
      </Empty>
      <LinkButton href="/tests/">All tests</LinkButton>
    </div>
  );
}
