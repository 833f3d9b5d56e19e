import { addressText, DESTINATION_KINDS, type DestinationKind } from './form-address.ts';
import { type FormSources, sourcesOf } from './form-sources.ts';
import { readable } from './manifest-text.ts';

export interface FormDestination {
  readonly name: string;
  /** Null for a kind that the form does not edit: it stays in the YAML. */
  readonly kind: DestinationKind | null;
  readonly value: string;
}

export interface FormProbe {
  readonly kind: string;
  /** Place in spec.probes; null where the test does not have it. */
  readonly index: number | null;
  readonly options: Readonly<Record<string, unknown>>;
  /** Of its own, where a kind stands twice; else empty. */
  readonly name: string;
  /** Names of those that it is limited to. */
  readonly destinations: readonly string[];
}

/** What the form shows of a manifest; fields that are not there are empty. */
export interface FormView {
  readonly name: string;
  readonly namespace: string;
  readonly description: string;
  readonly destinations: readonly FormDestination[];
  readonly probes: readonly FormProbe[];
  readonly sources: FormSources;
  readonly interval: string;
  readonly duration: string;
  readonly startAt: string;
  readonly cron: string;
  /** All of spec.schedule. */
  readonly schedule: Readonly<Record<string, unknown>>;
}

/** The form of a text, or null where the text cannot be read. */
export function readForm(text: string, kinds: readonly string[]): FormView | null {
  const doc = readable(text);
  if (doc === null) return null;
  const root: unknown = doc.toJS();
  const spec = recordOf(recordOf(root)['spec']);
  const metadata = recordOf(recordOf(root)['metadata']);
  const schedule = recordOf(spec['schedule']);
  const probes = listOf(spec['probes']);
  return {
    name: textOf(metadata['name']),
    namespace: textOf(metadata['namespace']),
    description: textOf(spec['description']),
    destinations: listOf(spec['destinations']).map(destinationOf),
    probes: kinds.flatMap((kind) => probesOf(probes, kind)),
    sources: sourcesOf(spec['sources']),
    interval: textOf(spec['interval']),
    duration: textOf(spec['duration']),
    startAt: textOf(schedule['startAt']),
    cron: textOf(schedule['cron']),
    schedule,
  };
}

/** Every entry of a kind, or the row of one that is not there. */
function probesOf(entries: readonly unknown[], kind: string): FormProbe[] {
  const found = entries.flatMap((entry, index): FormProbe[] => {
    const record = recordOf(entry);
    if (!(kind in record)) return [];
    const destinations = listOf(record['destinations']).map(String);
    return [{ kind, index, options: recordOf(record[kind]), name: textOf(record['name']), destinations }];
  });
  return found.length > 0 ? found : [{ kind, index: null, options: {}, name: '', destinations: [] }];
}

function destinationOf(entry: unknown): FormDestination {
  const record = recordOf(entry);
  const kind = DESTINATION_KINDS.find((name) => record[name] !== undefined) ?? null;
  const other = Object.keys(record).some((key) => key !== 'name' && key !== kind);
  const value = kind === null ? '' : addressText(kind, record[kind]);
  return {
    name: textOf(record['name']),
    kind: value === null ? null : (kind ?? (other ? null : 'host')),
    value: value ?? '',
  };
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
