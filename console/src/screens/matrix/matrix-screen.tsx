'use client';

import type { TestSummary } from '@streamswarm/contract/wire/views';
import { type TestName, useAccounting, useMatrix, useTest, useTests } from '../../api/queries.ts';
import { Empty, Panel } from '../../components/panel/panel.tsx';
import { BooksFoot } from '../../components/shell/books-foot.tsx';
import { LinkButton } from '../../components/shell/button.tsx';
import { Page } from '../../components/shell/page.tsx';
import { splitTestName } from '../../url/query-string.ts';
import { rangeLabel } from '../../url/range.ts';
import { useQueryState, useRange } from '../../url/use-query-state.ts';
import { metricWords } from '../test-detail/metric-words.ts';
import { probesOf, tracesOf } from '../test-detail/view-choice.ts';
import { ORDERS, STATS } from './grid.ts';
import css from './matrix.module.css';
import { MatrixBody } from './matrix-body.tsx';
import { MatrixPickers } from './matrix-pickers.tsx';

/** Which source or destination is slow, and in which direction? */
export function MatrixScreen() {
  const range = useRange();
  const tests = useTests(range);
  const { query } = useQueryState();
  const name = splitTestName(query.get('test')) ?? firstOf(tests.data?.items ?? []);
  if (name !== null)
    return <OneMatrix key={`${name.namespace}/${name.name}`} name={name} tests={tests.data?.items ?? []} />;
  return (
    <Page name="Matrix" foot={<BooksFoot label="No test" books={undefined} />}>
      <div className={css['block']}>
        <Panel
          title="Matrix"
          query={tests}
          reading="the tests"
          empty={() => (
            <>
              <Empty title="There is no test yet.">
                The matrix shows every source of a test against every destination.
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

/** What runs, with the most streams: there the matrix has the most to say. */
function firstOf(tests: readonly TestSummary[]): TestName | null {
  return tests.toSorted((a, b) => b.streams - a.streams)[0] ?? null;
}

const NO_TRACES: ReadonlyMap<string, string> = new Map();

interface OneMatrixProps {
  readonly name: TestName;
  readonly tests: readonly TestSummary[];
}

function OneMatrix({ name, tests }: OneMatrixProps) {
  const range = useRange();
  const { query } = useQueryState();
  const detail = useTest(name, range);
  const probes = detail.data === undefined ? [] : probesOf(detail.data);
  const probe = probes.find((known) => known === query.get('probe')) ?? probes[0] ?? null;
  const books = useAccounting(range, { ...name, probe });
  const metric = query.get('metric');
  const stat = STATS.find((known) => known === query.get('stat')) ?? 'p95';
  const order = ORDERS.find((known) => known === query.get('order')) ?? 'worst';
  const isTurned = query.get('turn') !== null;
  const matrix = useMatrix(probe === null ? null : name, { range, probe, metric });
  const label = [name.name, ...(probe === null ? [] : [probe]), rangeLabel(range)].join(', ');
  return (
    <Page name="Matrix" foot={<BooksFoot label={label} books={books.data} />}>
      <MatrixPickers
        name={name}
        tests={tests}
        detail={detail.data}
        choice={{ probe, metric, stat, order, isTurned }}
      />
      {detail.data !== undefined && probes.length === 0 ? (
        <div className={css['block']}>
          <Empty title="This test measures towards no destination.">
            Its probes are about the agents themselves: their pages and the System tab of the test show them.
          </Empty>
        </div>
      ) : (
        <div className={css['block']}>
          <Panel
            title={stat === 'loss' ? 'Loss' : `${metricWords(matrix.data?.metric ?? '')}, ${stat}`}
            caption={isTurned ? 'column measures, row answers' : 'row measures, column answers'}
            query={detail.error === null ? matrix : ({ ...matrix, error: detail.error } as typeof matrix)}
            reading={`${rangeLabel(range)} of all pairs`}
            empty={({ cells }) =>
              cells.some((cell) => cell.agent !== null && cell.destination !== null) ? null : (
                <Empty title="Nothing was due in this time.">Choose a longer range, or another probe.</Empty>
              )
            }
          >
            {(data) => (
              <MatrixBody
                test={`${name.namespace}/${name.name}`}
                matrix={data}
                stat={stat}
                order={order}
                isTurned={isTurned}
                traces={detail.data === undefined ? NO_TRACES : tracesOf(detail.data)}
              />
            )}
          </Panel>
        </div>
      )}
    </Page>
  );
}
