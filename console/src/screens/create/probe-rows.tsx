'use client';

import type { Catalogue, PairView } from '@streamswarm/contract/wire/views';
import css from './create.module.css';
import { ProblemLines } from './field.tsx';
import type { FormProbe } from './form-view.ts';
import type { SetValue } from './manifest-form.tsx';
import { problemsOfRow } from './probe-problems.ts';
import { ProbeRow } from './probe-row.tsx';
import { type Problem, problemsAt, problemsElsewhere } from './problems-at.ts';

interface ProbeRowsProps {
  readonly probes: readonly FormProbe[];
  readonly catalogue: Catalogue['probes'];
  readonly pairs: readonly PairView[];
  readonly set: SetValue;
  readonly problems: readonly Problem[];
}

/** What to measure: each kind of probe there is, with what it does. */
export function ProbeRows({ probes, catalogue, pairs, set, problems }: ProbeRowsProps) {
  const taken = probes.filter((probe) => probe.index !== null);
  const rows = taken.map(({ index }) => `spec.probes[${index}]`);
  const whole = problemsElsewhere(problemsAt(problems, 'spec.probes'), rows);
  // New entries go to the end of the list, whatever the order of the rows.
  const end = Math.max(-1, ...taken.map(({ index }) => index ?? -1)) + 1;
  const usual = [...new Set(pairs.map((pair) => pair.kind))];
  return (
    <fieldset className={css['group']}>
      <legend className={css['label']}>
        Probes <code>spec.probes</code>
        {taken.length === 0 && usual.length > 0 ? (
          <small className={css['hint']}> none named: {usual.join(', ')} are used</small>
        ) : null}
      </legend>
      {probes.map((probe) => (
        <ProbeRow
          key={`${probe.kind} ${probe.index ?? ''}`}
          probe={probe}
          end={end}
          about={catalogue.find(({ name }) => name === probe.kind)}
          pairs={pairs}
          set={set}
          problems={problemsOfRow(probe, probes, problems)}
        />
      ))}
      <ProblemLines problems={whole} />
    </fieldset>
  );
}
