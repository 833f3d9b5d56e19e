/** Something that planning did or found out, for the events of the test. */
export interface Happening {
  /** Constant word for programs. */
  readonly reason: string;
  /** For people: what happened, why, what to do next. */
  readonly message: string;
  readonly warning: boolean;
}

/** What stands in the way of a test, for as long as it does. */
export interface PlanProblem {
  /** Constant word for programs. */
  readonly reason: string;
  /** For people. */
  readonly message: string;
  /** Name of the destination that it concerns; null where that is the whole test. */
  readonly destination: string | null;
  /** Whether nothing of the test, or of that destination, is measured because of it; else it is a notice. */
  readonly stops: boolean;
}
