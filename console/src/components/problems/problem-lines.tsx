import type { TestProblem } from '@streamswarm/contract/wire/views';
import { Glyph } from '../shell/glyph.tsx';
import { classes } from '../state/class-names.ts';
import { adviceFor, asSentence } from './advice.ts';
import css from './problems.module.css';

interface ProblemLinesProps {
  readonly problems: readonly TestProblem[];
  /** Whether nothing at all can be measured until somebody acts. */
  readonly stalled: boolean;
  /** The rest is counted. */
  readonly most?: number;
}

/** What stands in the way of a test, why, and what to do next. */
export function ProblemLines({ problems, stalled, most = problems.length }: ProblemLinesProps) {
  const shown = [...problems].sort((a, b) => Number(b.stops) - Number(a.stops)).slice(0, most);
  const left = problems.length - shown.length;
  return (
    <ul className={css['problems']}>
      {shown.map((problem, i) => (
        <li key={`${problem.reason} ${problem.destination} ${problem.message}`}>
          <Glyph name={stalled && problem.stops ? 'refused' : 'limited'} />
          <p>
            <b className={classes(stalled && problem.stops && css['bad'])}>{problem.reason}</b>{' '}
            {problem.destination === null ? null : <code>{problem.destination}</code>}{' '}
            <span>{[asSentence(problem.message), adviceFor(problem.reason)].join(' ').trim()}</span>
            {left > 0 && i === shown.length - 1 ? <small> {left} more</small> : null}
          </p>
        </li>
      ))}
    </ul>
  );
}
