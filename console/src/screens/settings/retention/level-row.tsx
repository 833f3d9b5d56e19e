import { diskQuantity, joined } from '@streamswarm/contract/format/numbers';
import type { StoredLevel } from '@streamswarm/contract/wire/retention';
import type { ResultLevel } from '@streamswarm/contract/wire/views';
import { Missing } from '../../../components/table/missing.tsx';
import { utcDay } from './effects.ts';
import { LEVEL_WORDS } from './level-words.ts';
import css from './retention.module.css';

interface LevelRowProps {
  readonly level: ResultLevel;
  readonly stored: StoredLevel;
  readonly value: string;
  readonly problem: string | undefined;
  readonly onType: (text: string) => void;
}

/** How long one level is kept, beside what there is of it. */
export function LevelRow({ level, stored, value, problem, onType }: LevelRowProps) {
  const { name, what } = LEVEL_WORDS[level];
  const id = `retention-${level}`;
  return (
    <div className={css['level']}>
      <span className={css['name']}>
        <label htmlFor={id}>
          <b>{name}</b> <code>{level}</code>
        </label>
        <small id={`${id}-what`}>{what}</small>
      </span>
      <span className={css['days']}>
        <input
          id={id}
          type="text"
          inputMode="numeric"
          autoComplete="off"
          value={value}
          aria-invalid={problem !== undefined}
          aria-describedby={problem === undefined ? `${id}-what` : `${id}-problem`}
          onChange={({ target }) => onType(target.value)}
        />{' '}
        days
      </span>
      <span className={css['stored']}>
        {stored.from === null ? (
          <Missing why="nothing of this level is stored yet" word="nothing yet" />
        ) : (
          <>
            stored since {utcDay(Date.parse(stored.from))}, {joined(diskQuantity(stored.bytes))}
          </>
        )}
      </span>
      {problem === undefined ? null : (
        <p id={`${id}-problem`} className={css['problem']} role="alert">
          <code>{level}</code>: {problem}
        </p>
      )}
    </div>
  );
}
