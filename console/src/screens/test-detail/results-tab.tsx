'use client';

import type { Accounting } from '@streamswarm/contract/wire/books';
import type { TestDetail } from '@streamswarm/contract/wire/views';
import type { UseQueryResult } from '@tanstack/react-query';
import type { TestName } from '../../api/queries.ts';
import { Multiples } from './multiples.tsx';
import { Outcomes } from './outcomes.tsx';
import { Pickers } from './pickers.tsx';
import { TestBand } from './test-band.tsx';
import css from './test-detail.module.css';
import type { ViewChoice } from './view-choice.ts';

interface ResultsTabProps {
  readonly name: TestName;
  readonly detail: TestDetail;
  readonly choice: ViewChoice;
  readonly books: UseQueryResult<Accounting>;
}

export function ResultsTab({ name, detail, choice, books }: ResultsTabProps) {
  return (
    <>
      <div className={css['upper']}>
        <Pickers detail={detail} choice={choice} />
        <TestBand name={name} choice={choice} />
      </div>
      <div className={css['lower']}>
        <Multiples name={name} detail={detail} choice={choice} />
        <Outcomes books={books} />
      </div>
    </>
  );
}
