'use client';

import type { Accounting } from '@streamswarm/contract/wire/books';
import type { TestDetail } from '@streamswarm/contract/wire/views';
import type { UseQueryResult } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import type { TestName } from '../../api/queries.ts';
import { EventsTab } from './events-tab.tsx';
import { PathsTab } from './paths/paths-tab.tsx';
import { ResultsTab } from './results-tab.tsx';
import { SystemTab } from './system-tab.tsx';
import { hostProbeOf, traceProbesOf, type ViewChoice } from './view-choice.ts';

/** The YAML library comes with the one tab that needs it. */
const SpecTab = dynamic(() => import('./spec-tab.tsx').then((part) => part.SpecTab), { ssr: false });

interface TabBodyProps {
  readonly name: TestName;
  readonly detail: TestDetail;
  readonly choice: ViewChoice;
  readonly books: UseQueryResult<Accounting>;
}

export function TabBody({ name, detail, choice, books }: TabBodyProps) {
  const host = hostProbeOf(detail);
  if (choice.tab === 'spec') return <SpecTab detail={detail} />;
  if (choice.tab === 'events') return <EventsTab name={name} detail={detail} />;
  const [trace] = traceProbesOf(detail);
  if (choice.tab === 'paths' && trace !== undefined) return <PathsTab name={name} detail={detail} />;
  if (choice.tab === 'system' && host !== null) return <SystemTab name={name} probe={host} />;
  return <ResultsTab name={name} detail={detail} choice={choice} books={books} />;
}
