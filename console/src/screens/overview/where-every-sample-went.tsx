'use client';

import { formatLargeCount } from '@streamswarm/contract/format/numbers';
import type { Accounting } from '@streamswarm/contract/wire/books';
import type { UseQueryResult } from '@tanstack/react-query';
import { ZERO } from '../../books/books.ts';
import { AccountingBar } from '../../components/outcomes/accounting-bar.tsx';
import { ProblemBlock } from '../../components/panel/panel.tsx';
import { type Range, rangeLabel } from '../../url/range.ts';
import css from './overview.module.css';

interface Props {
  readonly range: Range;
  readonly books: UseQueryResult<Accounting>;
}

export function WhereEverySampleWent({ range, books }: Props) {
  const { data, error } = books;
  const label = `last ${rangeLabel(range)}`;
  return (
    <div className={css['accounting']}>
      {data === undefined && error !== null ? (
        <ProblemBlock error={error} />
      ) : (
        <AccountingBar
          title="Where every sample went"
          caption={
            data === undefined ? label : `${label} \u00b7 ${formatLargeCount(data.scheduled)} scheduled`
          }
          books={data ?? ZERO}
          reasons={data?.reasons ?? {}}
        />
      )}
    </div>
  );
}
