'use client';

import { classes } from '../../components/state/class-names.ts';
import css from './create.module.css';
import { ProblemLines } from './field.tsx';
import { addressText, addressValue, DESTINATION_KINDS } from './form-address.ts';
import type { FormDestination } from './form-view.ts';
import { LineInput } from './line-input.tsx';
import type { SetValue } from './manifest-form.tsx';
import { type Problem, problemsAt } from './problems-at.ts';

interface DestinationRowsProps {
  readonly destinations: readonly FormDestination[];
  readonly set: SetValue;
  readonly problems: readonly Problem[];
  readonly kubernetes: boolean;
}

const HINTS = {
  host: 'edge.example.net or 192.0.2.1',
  url: 'https://shop.example.net/health',
  service: 'namespace/name:port',
  agents: 'zone=b; empty: every agent',
} as const;

/** Where to measure to: a name, which keeps the series over edits, and an address. */
export function DestinationRows({ destinations, set, problems, kubernetes }: DestinationRowsProps) {
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
                    onChange={({ target }) => {
                      const next = DESTINATION_KINDS.find((each) => each === target.value) ?? 'host';
                      const plain = [kind, next].every((each) => each === 'host' || each === 'url');
                      const value = addressValue(next, plain ? destination.value : '');
                      set([...list, i], { name: destination.name, [next]: value });
                    }}
                  >
                    {DESTINATION_KINDS.filter(
                      (each) => kubernetes || each === kind || each !== 'service',
                    ).map((each) => (
                      <option key={each}>{each}</option>
                    ))}
                  </select>
                  <LineInput
                    key={kind}
                    label={`Address of destination ${i + 1}`}
                    text={destination.value}
                    placeholder={HINTS[kind]}
                    read={(line) => addressValue(kind, line)}
                    write={(value) => addressText(kind, value)}
                    onChange={(value) => set([...list, i, kind], value)}
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
      <small className={css['hint']}>
        {kubernetes
          ? 'a host, a URL, a Service, or agents: every agent to each of those that the labels match'
          : 'a host, a URL, or agents: every agent to each of those that the labels match'}
      </small>
    </fieldset>
  );
}

function freeName(destinations: readonly FormDestination[]): string {
  const taken = new Set<string>(destinations.map(({ name }) => name));
  let n = destinations.length + 1;
  while (taken.has(`destination-${n}`)) n++;
  return `destination-${n}`;
}
