'use client';

import type { PairView } from '@streamswarm/contract/wire/views';
import { useCatalogue } from '../../api/queries.ts';
import { Empty } from '../../components/panel/panel.tsx';
import css from './create.module.css';
import { DestinationRows } from './destination-rows.tsx';
import { Field, ProblemLines } from './field.tsx';
import { readForm } from './form-view.ts';
import { type Path, pathOf, withValue } from './manifest-text.ts';
import { ProbeRows } from './probe-rows.tsx';
import { type Problem, problemsElsewhere } from './problems-at.ts';

interface ManifestFormProps {
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly problems: readonly Problem[];
  readonly pairs: readonly PairView[];
  /** The name is the identity of a test that exists. */
  readonly locked: boolean;
}

export type SetValue = (path: Path, value: unknown) => void;

const FIELDS = [
  'metadata.name',
  'metadata.namespace',
  'spec.description',
  'spec.destinations',
  'spec.probes',
  'spec.interval',
  'spec.duration',
  'spec.schedule',
];

/** The usual parts of a manifest as a form; what it does not show stays in the YAML, untouched. */
export function ManifestForm({ text, onChange, problems, pairs, locked }: ManifestFormProps) {
  const probes = useCatalogue().data?.probes ?? [];
  const form = readForm(
    text,
    probes.map((probe) => probe.name),
  );
  if (form === null) {
    return (
      <div className={css['form']}>
        <Empty title="The YAML cannot be read, so there is no form of it.">
          Mend it beside this; the form comes back as soon as it can be read.
        </Empty>
        <ProblemLines problems={problems} />
      </div>
    );
  }
  const set: SetValue = (path, value) => onChange(withValue(text, path, value === '' ? undefined : value));
  const input = (path: string, value: string, placeholder: string, disabled = false) => (
    <input
      type="text"
      value={value}
      placeholder={placeholder}
      disabled={disabled}
      spellCheck={false}
      autoComplete="off"
      onChange={(event) => set(pathOf(path), event.target.value)}
    />
  );
  return (
    <form className={css['form']} onSubmit={(event) => event.preventDefault()}>
      <div className={css['three']}>
        <Field label="Test name" path="metadata.name" problems={problems}>
          {input('metadata.name', form.name, 'my-test', locked)}
        </Field>
        <Field label="Namespace" path="metadata.namespace" problems={problems}>
          {input('metadata.namespace', form.namespace, 'default', locked)}
        </Field>
        <Field label="Description" path="spec.description" problems={problems}>
          {input('spec.description', form.description, 'for people')}
        </Field>
      </div>
      <DestinationRows destinations={form.destinations} set={set} problems={problems} />
      <ProbeRows probes={form.probes} catalogue={probes} pairs={pairs} set={set} problems={problems} />
      <div className={css['three']}>
        <Field label="Every" path="spec.interval" problems={problems}>
          {input('spec.interval', form.interval, '5s (1s … 24h)')}
        </Field>
        <Field label="For" path="spec.duration" problems={problems}>
          {input('spec.duration', form.duration, 'empty: until stopped')}
        </Field>
        <Field label="Start" path="spec.schedule" problems={problems}>
          <input
            type="text"
            value={form.startAt}
            placeholder="empty: now, else 2026-12-01T09:00:00Z"
            spellCheck={false}
            onChange={(event) =>
              event.target.value === ''
                ? set(['spec', 'schedule'], undefined)
                : set(['spec', 'schedule', 'startAt'], event.target.value)
            }
          />
        </Field>
      </div>
      <ProblemLines problems={problemsElsewhere(problems, FIELDS)} />
    </form>
  );
}
