'use client';

import type { TestSummary } from '@streamswarm/contract/wire/views';
import { useTests } from '../../api/queries.ts';
import { sumBooks } from '../../books/books.ts';
import { Empty, Panel } from '../../components/panel/panel.tsx';
import { BooksFoot } from '../../components/shell/books-foot.tsx';
import { LinkButton } from '../../components/shell/button.tsx';
import { Page } from '../../components/shell/page.tsx';
import { keyOf } from '../../url/query-string.ts';
import { rangeLabel } from '../../url/range.ts';
import { useQueryState, useRange } from '../../url/use-query-state.ts';
import { BulkBar } from './bulk-bar.tsx';
import { FilterBar } from './filter-bar.tsx';
import { filterTests } from './filter-tests.ts';
import { NoTests } from './no-tests.tsx';
import { readTab } from './state-tabs.ts';
import { TestTable } from './test-table.tsx';
import css from './tests.module.css';
import { useSelection } from './use-selection.ts';

/** Which tests do not do what they should? */
export function TestsScreen() {
  const range = useRange();
  const tests = useTests(range);
  const { query } = useQueryState();
  const [selected, setSelected] = useSelection();
  const filter = { q: query.get('q') ?? '', tab: readTab(query.get('state')) };
  const all = tests.data?.items ?? [];
  const shown = filterTests(all, filter);
  const chosen = shown.filter((test) => selected.has(keyOf(test)));
  const label = `${shown.length} ${shown.length === 1 ? 'test' : 'tests'}, ${rangeLabel(range)}`;
  return (
    <Page
      name="Tests"
      actions={
        <LinkButton href="/tests/new/" kind="primary" shortcut="N">
          Create test
        </LinkButton>
      }
      foot={
        <BooksFoot
          label={label}
          books={tests.data === undefined ? undefined : sumBooks(shown.map((test) => test.books))}
        />
      }
    >
      <div className={css['tests']}>
        <FilterBar tests={all} shown={shown.length} total={tests.data?.total ?? 0} filter={filter} />
        {tests.data === undefined ? (
          <Panel title="Tests" query={tests} reading="the tests">
            {() => null}
          </Panel>
        ) : (
          <List tests={shown} all={all} selected={selected} onSelect={setSelected} />
        )}
        <BulkBar tests={chosen} onClear={() => setSelected(new Set())} />
      </div>
    </Page>
  );
}

interface ListProps {
  readonly tests: readonly TestSummary[];
  readonly all: readonly TestSummary[];
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (selected: ReadonlySet<string>) => void;
}

function List({ tests, all, selected, onSelect }: ListProps) {
  const range = useRange();
  if (tests.length === 0) {
    return (
      <div className={css['empty']}>
        {all.length === 0 ? (
          <NoTests />
        ) : (
          <Empty title="No test fits the filter.">Take words away, or choose another state.</Empty>
        )}
      </div>
    );
  }
  return <TestTable tests={tests} selected={selected} onSelect={onSelect} label={rangeLabel(range)} />;
}
