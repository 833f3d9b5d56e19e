'use client';

import { classes } from '../../components/state/class-names.ts';
import css from './create.module.css';
import { ProblemLines } from './field.tsx';
import { type FormSources, SOURCE_KINDS, type SourceKind, sourceText, sourceValue } from './form-sources.ts';
import { LineInput } from './line-input.tsx';
import type { SetValue } from './manifest-form.tsx';
import { type Problem, problemsAt } from './problems-at.ts';

interface SourcesRowProps {
  readonly sources: FormSources;
  readonly kubernetes: boolean;
  readonly set: SetValue;
  readonly problems: readonly Problem[];
}

const NAMES: Readonly<Record<SourceKind, string>> = {
  everywhere: 'every agent',
  nodeSelector: 'nodes with labels',
  nodes: 'nodes by name',
  agents: 'agents with labels',
};
const HINTS: Readonly<Record<SourceKind, string>> = {
  everywhere: '',
  nodeSelector: 'topology.kubernetes.io/zone=b; empty: every node',
  nodes: 'worker-1, worker-2',
  agents: 'site=factory-7; empty: every agent',
};

/** Who measures; nodes can be chosen only where there are any. */
export function SourcesRow({ sources, kubernetes, set, problems }: SourcesRowProps) {
  const wrong = problemsAt(problems, 'spec.sources');
  const { kind, text } = sources;
  const offered = SOURCE_KINDS.filter(
    (name) => kubernetes || name === kind || name === 'everywhere' || name === 'agents',
  );
  return (
    <fieldset className={css['group']}>
      <legend className={css['label']}>
        From <code>spec.sources</code>
      </legend>
      <div className={classes(css['sources'], wrong.length > 0 && css['wrong'])}>
        {kind === null ? (
          <span className={css['foreign']}>edited as YAML</span>
        ) : (
          <>
            <select
              aria-label="Who measures"
              value={kind}
              onChange={({ target }) => {
                const next = offered.find((name) => name === target.value) ?? 'everywhere';
                set(
                  ['spec', 'sources'],
                  next === 'everywhere' ? undefined : { [next]: sourceValue(next, '') },
                );
              }}
            >
              {offered.map((name) => (
                <option key={name} value={name}>
                  {NAMES[name]}
                </option>
              ))}
            </select>
            {kind === 'everywhere' ? null : (
              <LineInput
                key={kind}
                label={NAMES[kind]}
                text={text}
                placeholder={HINTS[kind]}
                read={(line) => sourceValue(kind, line)}
                write={(value) => sourceText(kind, value)}
                onChange={(value) => set(['spec', 'sources', kind], value)}
              />
            )}
          </>
        )}
      </div>
      <ProblemLines problems={wrong} />
    </fieldset>
  );
}
