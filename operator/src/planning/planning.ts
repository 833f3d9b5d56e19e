import type { Leadership } from '../controllers/leader-loop.ts';
import type { StreamTestStore } from '../stream-tests/stream-test-store.ts';

/** The controllers of the leading operator, while it leads. */
export interface LeadingControllers {
  /** Looks at every test again: agents came or went. */
  planAll(): void;
  stop(): Promise<void>;
}

/** Where StreamTests live, and who plans them there. */
export interface Planning {
  readonly tests: StreamTestStore;
  lead(leadership: Leadership): LeadingControllers;
}
