'use client';

import { formatCount } from '@streamswarm/contract/format/numbers';
import type { Accounting } from '@streamswarm/contract/wire/books';
import type { UseQueryResult } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { AccountingBar } from '../../components/outcomes/accounting-bar.tsx';
import { Reasons } from '../../components/outcomes/reasons.tsx';
import { ProblemBlock } from '../../components/panel/panel.tsx';

/** nivo comes with the one chart that is drawn by it here. */
const OutcomeBars = dynamic(
  () => import('../../components/charts/outcome-bars.tsx').then((part) => part.OutcomeBars),
  { ssr: false },
);

/** What became of every slot of the test, why, and where. */
export function Outcomes({ books }: { readonly books: UseQueryResult<Accounting> }) {
  const { data, error } = books;
  if (data === undefined) return error === null ? null : <ProblemBlock error={error} />;
  const byAgent = data.agents.length > 1;
  const rows = byAgent
    ? data.agents.map(({ agent, ...line }) => ({ name: agent, line }))
    : data.probes.map(({ probe, ...line }) => ({ name: probe, line }));
  return (
    <>
      <AccountingBar
        title="Outcomes"
        caption={`${formatCount(data.scheduled)} slots due`}
        books={data}
        reasons={data.reasons}
        marks
      />
      <Reasons line={data} />
      {data.scheduled === 0 ? null : (
        <OutcomeBars title={byAgent ? 'Not ok, by agent' : 'Not ok, by probe'} rows={rows} />
      )}
    </>
  );
}
