'use client';

import type { Catalogue, PairView } from '@streamswarm/contract/wire/views';
import { classes } from '../../components/state/class-names.ts';
import css from './create.module.css';
import { ProblemLines } from './field.tsx';
import type { FormProbe } from './form-view.ts';
import type { SetValue } from './manifest-form.tsx';
import { type Problem, problemsAt } from './problems-at.ts';

interface ProbeRowsProps {
  readonly probes: readonly FormProbe[];
  readonly catalogue: Catalogue['probes'];
  readonly pairs: readonly PairView[];
  readonly set: SetValue;
  readonly problems: readonly Problem[];
}

/** The options that a row offers; the rest is written in the YAML. */
const OFFERED: Readonly<
  Record<string, readonly { readonly option: string; readonly hint: string; readonly number: boolean }[]>
> = {
  icmp: [
    { option: 'count', hint: '10', number: true },
    { option: 'dscp', hint: 'unmarked', number: false },
  ],
  tcp: [{ option: 'port', hint: 'URL’s, or 443', number: true }],
  host: [{ option: 'every', hint: 'interval', number: false }],
};

/** What to measure: each kind of probe there is, with what it does. */
export function ProbeRows({ probes, catalogue, pairs, set, problems }: ProbeRowsProps) {
  const list = ['spec', 'probes'] as const;
  const taken = probes.filter((probe) => probe.index !== null).length;
  const shown = probes.map((probe) => (probe.index === null ? null : `spec.probes[${probe.index}]`));
  const whole = problemsAt(problems, 'spec.probes').filter(
    ({ path }) => !shown.some((row) => row !== null && path.startsWith(row)),
  );
  return (
    <fieldset className={css['group']}>
      <legend className={css['label']}>
        Probes <code>spec.probes</code>
        {taken === 0 ? <small className={css['hint']}> none named: icmp, tcp and host are used</small> : null}
      </legend>
      {probes.map(({ kind, index, options }) => {
        const about = catalogue.find((probe) => probe.name === kind);
        const wrong = index === null ? [] : problemsAt(problems, `spec.probes[${index}]`);
        return (
          <div key={kind} className={classes(wrong.length > 0 && css['wrong'])}>
            <div className={css['probe']}>
              <label>
                <input
                  type="checkbox"
                  checked={index !== null}
                  onChange={() =>
                    index === null
                      ? set([...list, endOf(probes)], { [kind]: {} })
                      : set([...list, index], undefined)
                  }
                />
                <code>{kind}</code>
              </label>
              <span className={css['about']} title={about?.summary}>
                {index === null ? about?.summary : null}
                {index === null
                  ? null
                  : (OFFERED[kind] ?? []).map(({ option, hint, number }) => (
                      <label key={option} className={css['option']}>
                        {option}
                        <input
                          type="text"
                          value={textOf(options[option])}
                          placeholder={hint}
                          onChange={(event) =>
                            set([...list, index, kind, option], typedValue(event.target.value, number))
                          }
                        />
                      </label>
                    ))}
              </span>
              <span className={css['streams']}>{streamWords(pairs, kind)}</span>
            </div>
            <ProblemLines problems={wrong} />
          </div>
        );
      })}
      <ProblemLines problems={whole} />
    </fieldset>
  );
}

/** New entries go to the end of the list, whatever the order of the rows. */
function endOf(probes: readonly FormProbe[]): number {
  return Math.max(-1, ...probes.map((probe) => probe.index ?? -1)) + 1;
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function typedValue(text: string, number: boolean): string | number {
  return number && /^[0-9]+$/.test(text) ? Number(text) : text;
}

/** To how many destinations it applies, and why not to the others. */
function streamWords(pairs: readonly PairView[], kind: string): string {
  const own = pairs.filter((pair) => pair.kind === kind);
  if (own.length === 0) return '';
  const applies = own.filter((pair) => pair.applies).length;
  const refused = own.find((pair) => !pair.applies)?.reason;
  if (own.some((pair) => pair.destination === null)) return 'once an agent';
  return refused === undefined || refused === null
    ? `${applies} of ${own.length} destinations`
    : `${applies} of ${own.length}: ${refused}`;
}
