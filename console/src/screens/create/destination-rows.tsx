'use client';

import { classes } from '../../components/state/class-names.ts';
import css from './create.module.css';
import { ProblemLines } from './field.tsx';
import { DESTINATION_KINDS, type FormDestination } from './form-view.ts';
import type { SetValue } from './manifest-form.tsx';
import { type Problem, problemsAt } from './problems-at.ts';

interface DestinationRowsProps {
  readonly destinations: readonly FormDestination[];
  readonly set: SetValue;
  readonly problems: readonly Problem[];
}

const HINTS = { host: 'edge.example.net or 192.0.2.1', url: 'https://shop.example.net/health' } as const;

/** Where to measure to: a name, which keeps the series over edits, and an address. */
export function DestinationRows({ destinations, set, problems }: DestinationRowsProps) {
  const list = ['spec', 'destinations'] as const;
  const whole = problems.filter((problem) => problem.path === 'spec.destinations');
  return (
    <fieldset className={css['group']}>
      <legend className={css['label']}>
        Destinations <code>spec.destinations</code>
      </legend>
      {destinations.map((destination, i) => {
        const wrong = problemsAt(problems, `spec.destinations[${i}]`);
        const { kind } = destination;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a destination is its place while its name is typed
          <div key={i} className={classes(wrong.length > 0 && css['wrong'])}>
            <div className={css['destination']}>
              <input
                type="text"
                aria-label={`Name of destination ${i + 1}`}
                value={destination.name}
                placeholder="name"
                spellCheck={false}
                onChange={(event) => set([...list, i, 'name'], event.target.value)}
              />
              {kind === null ? (
                <span className={css['foreign']}>edited as YAML</span>
              ) : (
                <>
                  <select
                    aria-label={`Kind of destination ${i + 1}`}
                    value={kind}
                    onChange={(event) =>
                      set([...list, i], { name: destination.name, [event.target.value]: destination.value })
                    }
                  >
                    {DESTINATION_KINDS.map((each) => (
                      <option key={each}>{each}</option>
                    ))}
                  </select>
                  <input
                    type="text"
                    aria-label={`Address of destination ${i + 1}`}
                    value={destination.value}
                    placeholder={HINTS[kind]}
                    spellCheck={false}
                    onChange={(event) => set([...list, i, kind], event.target.value)}
                  />
                </>
              )}
              <button
                type="button"
                className={css['remove']}
                aria-label={`Remove destination ${destination.name}`}
                onClick={() => set([...list, i], undefined)}
              >
                ×
              </button>
            </div>
            <ProblemLines problems={wrong} />
          </div>
        );
      })}
      <ProblemLines problems={whole} />
      <button
        type="button"
        className={css['add']}
        onClick={() =>
          set([...list, destinations.length], { name: freeName(destinations), host: '127.0.0.1' })
        }
      >
        + Add destination
      </button>{' '}
      <small className={css['hint']}>host or URL</small>
    </fieldset>
  );
}

function freeName(destinations: readonly FormDestination[]): string {
  const taken = new Set<string>(destinations.map(({ name }) => name));
  let n = destinations.length + 1;
  while (taken.has(`destination-${n}`)) n++;
  return `destination-${n}`;
}
