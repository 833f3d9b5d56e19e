'use client';

import {
  DEFAULT_RETENTION,
  type RetentionDays,
  type RetentionView,
} from '@streamswarm/contract/wire/retention';
import { RESULT_LEVELS, type ResultLevel } from '@streamswarm/contract/wire/views';
import { useState } from 'react';
import { RequestError } from '../../../api/request.ts';
import { Button } from '../../../components/shell/button.tsx';
import { useNow } from '../../../components/state/use-now.ts';
import { ConfirmButton } from '../confirm-button.tsx';
import { ProblemLine } from '../form.tsx';
import settings from '../settings.module.css';
import { useChange } from '../use-settings.ts';
import { effectsOf } from './effects.ts';
import { LevelRow } from './level-row.tsx';
import { type LevelProblems, readDays } from './read-days.ts';
import css from './retention.module.css';

export const RETENTION = '/api/v1/retention';

type Texts = Readonly<Record<ResultLevel, string>>;

/** The days of each level; nothing is deleted before it was said what. */
export function RetentionForm({ view }: { readonly view: RetentionView }) {
  const [typed, setTyped] = useState<Partial<Texts>>({});
  const save = useChange();
  const nowMs = useNow();
  const texts: Texts = { ...textsOf(view.days), ...typed };
  const read = readDays(texts);
  const problems = read.ok ? refusedLevels(save.error) : read.problems;
  const effects = read.ok ? effectsOf(view, read.days, nowMs) : [];
  const type = (next: Partial<Texts>): void => {
    setTyped({ ...typed, ...next });
    save.reset();
  };
  const submit = (): void => {
    if (!read.ok || effects.length === 0 || save.isPending) return;
    save.mutate({ method: 'PUT', path: RETENTION, body: read.days }, { onSuccess: () => setTyped({}) });
  };
  const deletes = effects.some((effect) => effect.deletes);
  return (
    <form
      aria-label="Retention"
      onSubmit={(event) => {
        event.preventDefault();
        if (!deletes) submit();
      }}
    >
      <div className={css['levels']}>
        {RESULT_LEVELS.map((level) => (
          <LevelRow
            key={level}
            level={level}
            stored={view.stored[level]}
            value={texts[level]}
            problem={problems[level]}
            onType={(text) => type({ [level]: text })}
          />
        ))}
      </div>
      <ul className={css['effects']} aria-live="polite" aria-label="What saving does">
        {effects.map((effect) => (
          <li key={effect.level} data-deletes={effect.deletes ? '' : undefined}>
            {effect.text}
          </li>
        ))}
        {deletes ? <li>It goes within minutes of saving, and cannot be had back.</li> : null}
      </ul>
      <div className={settings['form']}>
        {deletes ? (
          <ConfirmButton label="Save and delete" word="Save and delete" onConfirm={submit} />
        ) : (
          <Button type="submit" kind="primary" disabled={effects.length === 0 || save.isPending}>
            Save
          </Button>
        )}
        <Button disabled={Object.keys(typed).length === 0} onClick={() => type(textsOf(view.days))}>
          Undo
        </Button>
        <Button onClick={() => type(textsOf(DEFAULT_RETENTION))}>Defaults</Button>
      </div>
      <ProblemLine error={Object.keys(problems).length > 0 ? null : save.error} />
      <p className={settings['note']} role="status">
        {save.isSuccess ? 'Saved.' : ''}
      </p>
    </form>
  );
}

function textsOf(days: RetentionDays): Texts {
  return Object.fromEntries(RESULT_LEVELS.map((level) => [level, String(days[level])])) as Texts;
}

/** What the operator refused, at the levels that it names. */
function refusedLevels(error: Error | null): LevelProblems {
  const problems = error instanceof RequestError ? (error.problem?.problems ?? []) : [];
  return Object.fromEntries(
    problems
      .filter(({ path }) => RESULT_LEVELS.some((level) => level === path))
      .map((p) => [p.path, p.message]),
  );
}
