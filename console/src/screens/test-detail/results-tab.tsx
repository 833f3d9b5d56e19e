'use client';

import type { Accounting } from '@streamswarm/contract/wire/books';
import type { TestDetail } from '@streamswarm/contract/wire/views';
import type { UseQueryResult } from '@tanstack/react-query';
import { type TestName, useCatalogue } from '../../api/queries.ts';
import { CursorProvider } from '../../components/charts/shared-cursor.tsx';
import { AgentPhases } from './agent-phases.tsx';
import { Multiples } from './multiples.tsx';
import { Outcomes } from './outcomes.tsx';
import { Phases } from './phases.tsx';
import { Pickers } from './pickers.tsx';
import { Submitted } from './submitted.tsx';
import { TestBand } from './test-band.tsx';
import css from './test-detail.module.css';
import { useMarkers } from './test-markers.ts';
import { kindOf, type ViewChoice } from './view-choice.ts';

interface ResultsTabProps {
  readonly name: TestName;
  readonly detail: TestDetail;
  readonly choice: ViewChoice;
  readonly books: UseQueryResult<Accounting>;
}

export function ResultsTab({ name, detail, choice, books }: ResultsTabProps) {
  const markers = useMarkers(name);
  const phases = usePhases(kindOf(detail, choice.probe));
  return (
    <CursorProvider>
      <div className={css['upper']}>
        <Pickers detail={detail} choice={choice} />
        <TestBand name={name} detail={detail} choice={choice} markers={markers} />
      </div>
      {phases === null ? null : (
        <div className={css['upper']}>
          <Phases name={name} choice={choice} phases={phases} markers={markers} />
        </div>
      )}
      <div className={css['lower']}>
        <Multiples name={name} detail={detail} choice={choice} markers={markers} />
        <div className={css['side']}>
          <Outcomes books={books} />
          {phases === null ? null : <AgentPhases name={name} choice={choice} />}
        </div>
      </div>
      <Submitted name={name} />
    </CursorProvider>
  );
}

/** The parts of a slot of a kind of probe, where it has any. */
function usePhases(kind: string | null) {
  return useCatalogue().data?.probes.find((probe) => probe.name === kind)?.phases ?? null;
}
