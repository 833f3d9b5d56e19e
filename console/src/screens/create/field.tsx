import type { ReactNode } from 'react';
import { classes } from '../../components/state/class-names.ts';
import css from './create.module.css';
import { type Problem, problemsAt } from './problems-at.ts';

interface FieldProps {
  readonly label: string;
  readonly path: string;
  readonly problems: readonly Problem[];
  readonly children: ReactNode;
}

/** A labelled field with its path, and below it what is wrong there. */
export function Field({ label, path, problems, children }: FieldProps) {
  const wrong = problemsAt(problems, path);
  return (
    <div className={classes(css['field'], wrong.length > 0 && css['wrong'])}>
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the control is the child */}
      <label>
        <span className={css['label']}>
          {label} <code>{path}</code>
        </span>
        {children}
      </label>
      <ProblemLines problems={wrong} />
    </div>
  );
}

export function ProblemLines({ problems }: { readonly problems: readonly Problem[] }) {
  return problems.map(({ path, message }) => (
    <p key={`${path} ${message}`} className={css['problem']} role="alert">
      <code>{path === '' ? 'manifest' : path}</code>: {message}
    </p>
  ));
}
