import { labelsText, labelsValue } from './form-address.ts';

/** Who measures, as the form writes it: one of the three ways, or none of them. */
export const SOURCE_KINDS = ['everywhere', 'nodeSelector', 'nodes', 'agents'] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

export interface FormSources {
  /** Null for what the form cannot say: it stays in the YAML. */
  readonly kind: SourceKind | null;
  readonly text: string;
}

export function sourcesOf(sources: unknown): FormSources {
  const foreign: FormSources = { kind: null, text: '' };
  if (sources === undefined || sources === null) return { kind: 'everywhere', text: '' };
  if (typeof sources !== 'object' || Array.isArray(sources)) return foreign;
  const entries = Object.entries(sources);
  const [only] = entries;
  if (only === undefined) return { kind: 'everywhere', text: '' };
  const kind = SOURCE_KINDS.find((name) => name === only[0]);
  if (entries.length > 1 || kind === undefined || kind === 'everywhere') return foreign;
  const text = sourceText(kind, only[1]);
  return text === null ? foreign : { kind, text };
}

export function sourceText(kind: SourceKind, value: unknown): string | null {
  if (kind === 'everywhere') return '';
  if (kind !== 'nodes') return labelsText(value);
  return Array.isArray(value) ? value.map(String).join(',') : '';
}

/** The value of spec.sources.KIND. */
export function sourceValue(kind: SourceKind, text: string): unknown {
  if (kind !== 'nodes') return labelsValue(text);
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
