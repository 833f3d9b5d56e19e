'use client';

import type { TestDetail } from '@streamswarm/contract/wire/views';
import type { UseQueryResult } from '@tanstack/react-query';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { isMissing, type TestName, useBooksOf, useTestsNamed } from '../../api/queries.ts';
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
  const kinds = kindsOf(details.flatMap(({ data }) => data ?? []));
  const kind = kinds.find((each) => each === query.get('probe')) ?? kinds[0] ?? null;
  const tests = names.map((name, place) => comparedTest(name, details[place], kind));
  const measuring = tests.filter(({ probe }) => probe !== null);
  const books = useBooksOf(measuring, range).map(({ data }) => data);
  const metric = query.get('metric');
  const isReading = details.some(({ isPending }) => isPending);
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
          label={[
            `${measuring.length} of ${names.length} tests`,
            ...(kind === null ? [] : [kind]),
            rangeLabel(range),
          ].join(', ')}
          books={!isReading && books.every((each) => each !== undefined) ? sumBooks(books) : undefined}
        />
      }
    >
      {names.length < LEAST ? (
        <Nothing title="Nothing to compare yet.">
          Choose two to eight tests in the list (X) and press C: their results stand here below one another,
          on one time and one scale.
        </Nothing>
      ) : kind !== null ? (
        <CursorProvider>
          <ComparePickers kinds={kinds} kind={kind} metric={metric} />
          <CompareTable tests={tests} kind={kind} metric={metric} />
          <CompareCharts tests={measuring} metric={metric} />
        </CursorProvider>
      ) : isReading ? null : (
        <Nothing title="None of these tests measures a destination.">
          Choose others in the list of tests.
        </Nothing>
      )}
    </Page>
  );
}

function comparedTest(
  name: TestName,
  detail: UseQueryResult<TestDetail> | undefined,
  kind: string | null,
): ComparedTest {
  const { data, error = null } = detail ?? {};
  if (data !== undefined)
    return {
      name,
      probe: kind === null ? null : probeOfKind(data, kind),
      why: `it does not measure by ${kind}`,
    };
  const why =
    error === null ? 'not read yet' : isMissing(error) ? 'there is no such test' : 'could not be read';
  return { name, probe: null, why };
}

function Nothing({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className={css['block']}>
      <Empty title={title}>{children}</Empty>
      <LinkButton href="/tests/">All tests</LinkButton>
    </div>
  );
}
