/** One thing that is wrong with a manifest or a body: where, and what is allowed there. */
export interface Problem {
  /** As a person would write it: `spec.destinations[1].url`; empty for the whole. */
  readonly path: string;
  readonly message: string;
  /** Name of the rule that is broken. */
  readonly rule: string;
}
