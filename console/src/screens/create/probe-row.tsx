'use client';

import type { Catalogue, PairView } from '@streamswarm/contract/wire/views';
import { useState } from 'react';
import { classes } from '../../components/state/class-names.ts';
import css from './create.module.css';
import { ProblemLines } from './field.tsx';
import type { FormProbe } from './form-view.ts';
import { LineInput } from './line-input.tsx';
import type { SetValue } from './manifest-form.tsx';
import { optionFields } from './option-fields.ts';
import { ProbeOptions } from './probe-options.tsx';
import { type Problem, problemsAt, problemsElsewhere } from './problems-at.ts';

interface ProbeRowProps {
  readonly probe: FormProbe;
  /** Place in the list of a probe that is added. */
  readonly end: number;
  readonly about: Catalogue['probes'][number] | undefined;
  readonly pairs: readonly PairView[];
  readonly set: SetValue;
  /** Its own. */
  readonly problems: readonly Problem[];
}

const LIST = ['spec', 'probes'] as const;

/** One probe: whether it is there, what it does, and all its options behind a button. */
export function ProbeRow({ probe, end, about, pairs, set, problems }: ProbeRowProps) {
  const { kind, index, name } = probe;
  const [isOpened, setOpened] = useState(false);
  const entry = `spec.probes[${index}]`;
  const whole = problemsElsewhere(problems, fieldsOf(entry, kind, about));
  // What is wrong must be seen, whether the options were opened or not.
  const isOpen = index !== null && (isOpened || whole.length < problems.length);
  return (
    <div className={classes(whole.length > 0 && css['wrong'])}>
      <div className={css['probe']}>
        <label>
          <input
            type="checkbox"
            checked={index !== null}
            onChange={() =>
              index === null ? set([...LIST, end], { [kind]: {} }) : set([...LIST, index], undefined)
            }
          />
          <code>{name === '' ? kind : `${kind} ${name}`}</code>
        </label>
        <span className={css['about']} title={about?.summary}>
          {index === null ? about?.summary : setWords(probe)}
        </span>
        <span className={css['streams']}>
          {streamWords(pairs, name === '' ? kind : name)}
          {index === null ? null : (
            <button
              type="button"
              className={css['add']}
              aria-expanded={isOpen}
              aria-label={`Options of ${name === '' ? kind : name}`}
              onClick={() => setOpened(!isOpen)}
            >
              options {isOpen ? '▴' : '▾'}
            </button>
          )}
        </span>
      </div>
      {isOpen && index !== null ? (
        <div className={css['options']}>
          <EntryField
            label="name"
            path={`${entry}.name`}
            text={name}
            placeholder={kind}
            onChange={(text) => set([...LIST, index, 'name'], text)}
            problems={problems}
          />
          <EntryField
            label="destinations"
            path={`${entry}.destinations`}
            text={probe.destinations.join(', ')}
            placeholder="all that it applies to"
            onChange={(text) => set([...LIST, index, 'destinations'], namesOf(text))}
            problems={problems}
          />
          <ProbeOptions
            path={`${entry}.${kind}`}
            schema={about?.options}
            options={probe.options}
            onChange={(option, value) => set([...LIST, index, kind, option], value)}
            problems={problems}
          />
        </div>
      ) : null}
      <ProblemLines problems={whole} />
    </div>
  );
}

/** Paths that have fields of their own. */
function fieldsOf(entry: string, kind: string, about: Catalogue['probes'][number] | undefined): string[] {
  const options = optionFields(about?.options).map(({ name }) => `${entry}.${kind}.${name}`);
  return [`${entry}.name`, `${entry}.destinations`, ...options];
}

interface EntryFieldProps {
  readonly label: string;
  readonly path: string;
  readonly text: string;
  readonly placeholder: string;
  readonly onChange: (text: string) => void;
  readonly problems: readonly Problem[];
}

function EntryField({ label, path, text, placeholder, onChange, problems }: EntryFieldProps) {
  const wrong = problemsAt(problems, path);
  return (
    <div className={css['option']} data-wrong={wrong.length > 0 || undefined}>
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the control is the child */}
      <label>
        <span className={css['label']}>{label}</span>
        <LineInput
          label={null}
          text={text}
          placeholder={placeholder}
          read={(typed) => namesOf(typed)?.join(', ') ?? ''}
          write={(value) => value}
          onChange={onChange}
        />
      </label>
      <ProblemLines problems={wrong} />
    </div>
  );
}

function namesOf(text: string): string[] | undefined {
  const names = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return names.length === 0 ? undefined : names;
}

/** What is set of it, in short. */
function setWords({ options, destinations }: FormProbe): string {
  const words = Object.entries(options).map(([option, value]) =>
    typeof value === 'object' ? option : `${option} ${value}`,
  );
  if (destinations.length > 0) words.push(`only ${destinations.join(', ')}`);
  return words.length === 0 ? 'as usual' : words.join(' · ');
}

/** To how many destinations it applies, and why not to the others. */
function streamWords(pairs: readonly PairView[], name: string): string {
  const own = pairs.filter((pair) => pair.probe === name);
  if (own.length === 0) return '';
  const applies = own.filter((pair) => pair.applies).length;
  const refused = own.find((pair) => !pair.applies)?.reason;
  if (own.some((pair) => pair.destination === null)) return 'once an agent';
  return refused === undefined || refused === null
    ? `${applies} of ${own.length} destinations`
    : `${applies} of ${own.length}: ${refused}`;
}
