'use client';

import { useAccounting, useFleet } from '../../api/queries.ts';
import { WhatWasTried } from '../../components/held/what-was-tried.tsx';
import { BooksFoot } from '../../components/shell/books-foot.tsx';
import { Page } from '../../components/shell/page.tsx';
import { rangeLabel } from '../../url/range.ts';
import { useRange } from '../../url/use-query-state.ts';
import { FirstStart } from '../first-start/first-start.tsx';
import { Activity } from './activity.tsx';
import { FleetLine } from './fleet-line.tsx';
import { LatencyAndLoss } from './latency-and-loss.tsx';
import css from './overview.module.css';
import { WhereEverySampleWent } from './where-every-sample-went.tsx';
import { WrongRightNow } from './wrong-right-now.tsx';

/** Is anything wrong, where, since when? Before the first sample: is it working? */
export function OverviewScreen() {
  const range = useRange();
  const fleet = useFleet(range);
  const books = useAccounting(range);
  const waiting = fleet.data !== undefined && fleet.data.newestSampleTime === null;
  return (
    <Page name="Overview" foot={<BooksFoot label={`All tests, ${rangeLabel(range)}`} books={books.data} />}>
      {waiting ? (
        <FirstStart fleet={fleet.data} />
      ) : (
        <div className={css['overview']}>
          <FleetLine range={range} fleet={fleet.data} books={books.data} />
          <WhereEverySampleWent range={range} books={books} />
          <div className={css['split']}>
            <div className={css['main']}>
              <WrongRightNow />
              <LatencyAndLoss range={range} />
            </div>
            <div className={css['side']}>
              <WhatWasTried />
              <Activity />
            </div>
          </div>
        </div>
      )}
    </Page>
  );
}
