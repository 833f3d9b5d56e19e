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
import { scheduleOf } from './schedule-of.ts';
import { SourcesRow } from './sources-row.tsx';

interface ManifestFormProps {
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly problems: readonly Problem[];
  readonly pairs: readonly PairView[];
  /** The name is the identity of a test that exists. */
  readonly locked: boolean;
  readonly kubernetes: boolean;
}

export type SetValue = (path: Path, value: unknown) => void;

const FIELDS = [
  'metadata.name',
  'metadata.namespace',
  'spec.description',
  'spec.destinations',
  'spec.probes',
  'spec.sources',
  'spec.interval',
  'spec.duration',
  'spec.schedule',
];

/** The usual parts of a manifest as a form; what it does not show stays in the YAML, untouched. */
export function ManifestForm(props: ManifestFormProps) {
  const { text, onChange, problems, pairs, locked, kubernetes } = props;
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
      <DestinationRows
        destinations={form.destinations}
        set={set}
        problems={problems}
        kubernetes={kubernetes}
      />
      <ProbeRows probes={form.probes} catalogue={probes} pairs={pairs} set={set} problems={problems} />
      <SourcesRow sources={form.sources} kubernetes={kubernetes} set={set} problems={problems} />
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
            value={form.cron === '' ? form.startAt : form.cron}
            placeholder="empty: now; a time, or cron"
            title="A time as 2026-12-01T09:00:00Z, or a cron line as 0 2 * * *"
            spellCheck={false}
            onChange={({ target }) => set(['spec', 'schedule'], scheduleOf(target.value, form.schedule))}
          />
          {form.cron === '' ? null : (
            <small className={css['hint']}>in {String(form.schedule['timeZone'] ?? 'Etc/UTC')}</small>
          )}
        </Field>
      </div>
      <ProblemLines problems={problemsElsewhere(problems, FIELDS)} />
    </form>
  );
}
