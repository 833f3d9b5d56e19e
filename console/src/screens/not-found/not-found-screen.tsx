'use client';

import { useAccounting } from '../../api/queries.ts';
import { BooksFoot } from '../../components/shell/books-foot.tsx';
import { LinkButton } from '../../components/shell/button.tsx';
import { Page } from '../../components/shell/page.tsx';
import { rangeLabel } from '../../url/range.ts';
import { useRange } from '../../url/use-query-state.ts';
import css from './not-found.module.css';

export function NotFoundScreen() {
  const range = useRange();
  const books = useAccounting(range);
  return (
    <Page
      name="Not found"
      ranged={false}
      foot={<BooksFoot label={`All tests, ${rangeLabel(range)}`} books={books.data} />}
    >
      <div className={css['body']}>
        <h2>There is no page at this address</h2>
        <p>
          A test is found under Tests, by its namespace and name. Links to a deleted test lead nowhere; its
          results stay.
        </p>
        <div className={css['ways']}>
          <LinkButton href="/">Overview</LinkButton>
          <LinkButton href="/tests/">Tests</LinkButton>
          <LinkButton href="/agents/">Agents</LinkButton>
        </div>
      </div>
    </Page>
  );
}
