import type { StreamTestSpec } from './stream-test.ts';

/**
 * A rule that no single field can say, once for both places that keep it: `check` where there is no cluster,
 * `cel` in the API server.
 */
export interface Rule {
  readonly name: string;
  /** What is allowed, for people. */
  readonly message: string;
  /** The part of the spec that the CEL is about: empty for the spec itself, `destinations[]` for each of a list. */
  readonly where: string;
  /** Null where the list types of the schema keep it. */
  readonly cel: Cel | null;
  /** Gets a spec that fits the schema, and gives the paths (below `spec`) at which the rule is broken. */
  check(spec: StreamTestSpec): string[];
}

export interface Cel {
  /** True where the rule is kept; `self` is the part at `where`. */
  readonly rule: string;
  /** Field below `where` that a refusal names, such as `duration`. Absent: the part itself. */
  readonly field?: string;
  /** How the refusal is headed. Absent: `Invalid value`. */
  readonly reason?: 'FieldValueRequired' | 'FieldValueForbidden';
  /** A text that names what breaks it, for refusals that cannot have the index of a list in their path. */
  readonly culprit?: string;
}

/** The path in a list, for results of `check`. */
export function at(path: string, broken: boolean): string[] {
  return broken ? [path] : [];
}

/** Positions at which a text stands that has stood before. */
export function repeated(texts: readonly string[]): number[] {
  return texts.flatMap((text, i) => (texts.indexOf(text) < i ? [i] : []));
}
