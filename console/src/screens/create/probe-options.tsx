'use client';

import css from './create.module.css';
import { ProblemLines } from './field.tsx';
import { LineInput } from './line-input.tsx';
import { type OptionField, optionFields } from './option-fields.ts';
import { optionText, optionValue } from './option-text.ts';
import { type Problem, problemsAt } from './problems-at.ts';

interface ProbeOptionsProps {
  /** Stands before the path of each option: `spec.probes[0].icmp`. */
  readonly path: string;
  /** Schema of the options, of the contract. */
  readonly schema: unknown;
  readonly options: Readonly<Record<string, unknown>>;
  readonly onChange: (option: string, value: unknown) => void;
  readonly problems: readonly Problem[];
}

/** Every option that the contract gives a probe. */
export function ProbeOptions({ path, schema, options, onChange, problems }: ProbeOptionsProps) {
  return optionFields(schema).map((field) => {
    const text = optionText(field, options[field.name]);
    const wrong = problemsAt(problems, `${path}.${field.name}`);
    return (
      <div key={field.name} className={css['option']} data-wrong={wrong.length > 0 || undefined}>
        {/* biome-ignore lint/a11y/noLabelWithoutControl: the control is the child */}
        <label title={field.meaning}>
          <span className={css['label']}>
            {field.name} <span className={css['allowed']}>{field.allowed}</span>
          </span>
          {text === null ? (
            <span className={css['foreign']}>edited as YAML</span>
          ) : (
            <OptionControl field={field} text={text} onChange={(value) => onChange(field.name, value)} />
          )}
        </label>
        <ProblemLines problems={wrong} />
      </div>
    );
  });
}

interface OptionControlProps {
  readonly field: OptionField;
  readonly text: string;
  readonly onChange: (value: unknown) => void;
}

function OptionControl({ field, text, onChange }: OptionControlProps) {
  const choices = field.input === 'flag' ? ['true', 'false'] : field.choices;
  if (choices.length > 0) {
    return (
      <select value={text} onChange={({ target }) => onChange(optionValue(field, target.value))}>
        <option value="">{field.absent === '' ? 'not set' : field.absent}</option>
        {choices.map((choice) => (
          <option key={choice}>{choice}</option>
        ))}
        {text === '' || choices.includes(text) ? null : <option>{text}</option>}
      </select>
    );
  }
  return (
    <LineInput
      label={null}
      text={text}
      placeholder={field.input === 'pairs' ? 'Name: value' : field.absent}
      read={(typed) => optionValue(field, typed)}
      write={(value) => optionText(field, value)}
      onChange={onChange}
      lines={field.input === 'pairs' || field.input === 'long-text'}
    />
  );
}
