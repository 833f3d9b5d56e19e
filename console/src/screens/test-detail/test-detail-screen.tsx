'use client';

import Link from 'next/link';
import { isMissing, type TestName, useAccounting, useTest } from '../../api/queries.ts';
import { Empty, ProblemBlock } from '../../components/panel/panel.tsx';
import { BooksFoot } from '../../components/shell/books-foot.tsx';
import { LinkButton } from '../../components/shell/button.tsx';
import { Page } from '../../components/shell/page.tsx';
import { splitTestName } from '../../url/query-string.ts';
import { rangeLabel } from '../../url/range.ts';
import { useQueryState, useRange } from '../../url/use-query-state.ts';
import { DetailTabs } from './detail-tabs.tsx';
import { ExportMenu } from './export-menu.tsx';
import { StateStrip } from './state-strip.tsx';
import { TabBody } from './tab-body.tsx';
import css from './test-detail.module.css';
import { readChoice } from './view-choice.ts';

/** How bad, for whom, since when? */
export function TestDetailScreen() {
  const { query } = useQueryState();
  const name = splitTestName(query.get('test'));
  return name === null ? <NoName /> : <OneTest key={`${name.namespace}/${name.name}`} name={name} />;
}

function OneTest({ name }: { readonly name: TestName }) {
  const range = useRange();
  const { query } = useQueryState();
  const detail = useTest(name, range);
  const books = useAccounting(range, name);
  const choice = detail.data === undefined ? null : readChoice(query, detail.data);
  return (
    <Page
      name={name.name}
      title={
        <>
          <Link href="/tests/">Tests</Link> <i className={css['slash']}>/</i>{' '}
          <span className={css['space']}>{name.namespace}</span> <i className={css['slash']}>/</i> {name.name}
        </>
      }
      beside={
        detail.data === undefined || choice === null ? null : (
          <DetailTabs detail={detail.data} tab={choice.tab} />
        )
      }
      actions={
        choice?.probe == null || choice.tab !== 'results' ? null : <ExportMenu name={name} choice={choice} />
      }
      foot={<BooksFoot label={`${name.name}, ${rangeLabel(range)}`} books={books.data} />}
    >
      {detail.data === undefined || choice === null ? (
        <div className={css['block']}>
          {detail.error === null ? null : isMissing(detail.error) ? (
            <Gone name={name} />
          ) : (
            <ProblemBlock error={detail.error} />
          )}
        </div>
      ) : (
        <>
          <StateStrip detail={detail.data} />
          <TabBody name={name} detail={detail.data} choice={choice} books={books} />
        </>
      )}
    </Page>
  );
}

function Gone({ name }: { readonly name: TestName }) {
  return (
    <>
      <Empty title={`There is no test ${name.name} in namespace ${name.namespace}.`}>
        It may have been deleted, or the link has a typing error. Results of deleted tests are kept.
      </Empty>
      <LinkButton href="/tests/">All tests</LinkButton>
    </>
  );
}

function NoName() {
  return (
    <Page name="Test" foot={<BooksFoot label="No test" books={undefined} />}>
      <div className={css['block']}>
        <Empty title="This address names no test.">It should end in ?test=NAMESPACE/NAME.</Empty>
        <LinkButton href="/tests/">All tests</LinkButton>
      </div>
    </Page>
  );
}
