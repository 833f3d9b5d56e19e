'use client';

import type { TestSummary } from '@streamswarm/contract/wire/views';
import { type TestName, useTests } from '../../api/queries.ts';
import { Empty, Panel } from '../../components/panel/panel.tsx';
import { BooksFoot } from '../../components/shell/books-foot.tsx';
import { LinkButton } from '../../components/shell/button.tsx';
import { Page } from '../../components/shell/page.tsx';
import { splitTestName } from '../../url/query-string.ts';
import { useQueryState, useRange } from '../../url/use-query-state.ts';
import css from './paths.module.css';
import { PathsOfTest } from './paths-of-test.tsx';

/** On which hop did it change? */
export function PathsScreen() {
  const tests = useTests(useRange());
  const { query } = useQueryState();
  const items = tests.data?.items ?? [];
  const name = splitTestName(query.get('test')) ?? firstOf(items);
  if (name !== null) return <PathsOfTest key={`${name.namespace}/${name.name}`} name={name} tests={items} />;
  return (
    <Page name="Paths" foot={<BooksFoot label="No test" books={undefined} />}>
      <div className={css['block']}>
        <Panel
          title="Paths"
          query={tests}
          reading="the tests"
          empty={() => (
            <>
              <Empty title="There is no test yet.">
                A test with the probe trace finds the routers between an agent and a destination, and this
                page shows when they changed.
              </Empty>
              <LinkButton href="/tests/new/">Create test</LinkButton>
            </>
          )}
        >
          {() => null}
        </Panel>
      </div>
    </Page>
  );
}

/** A list says how probes are called, not of which kind they are: most are called after it. */
function firstOf(tests: readonly TestSummary[]): TestName | null {
  return tests.find(({ probes }) => probes.includes('trace')) ?? tests[0] ?? null;
}
