import type { TestSummary } from '@streamswarm/contract/wire/views';
import type { ActionWish } from '../../api/actions.ts';
import { hasRunGoing } from './test-state.ts';

export interface BulkAct {
  readonly text: string;
  /** The key that does the same. */
  readonly key: string;
  /** Those of the tests that it can be done to; none: it is off. */
  readonly wish: ActionWish;
}

/** What can be done to some tests at once, each to those whose state allows it. */
export function bulkActs(tests: readonly TestSummary[]): BulkAct[] {
  const suspended = tests.filter(({ state }) => state === 'Suspended');
  const others = tests.filter(({ state }) => state !== 'Suspended');
  return [
    { text: 'Stop', key: 's', wish: { action: 'stop', tests: tests.filter(hasRunGoing) } },
    // A suspended test runs when it is resumed: started as it is, it would be refused.
    { text: 'Run now', key: 'r', wish: { action: 'start', tests: suspended.length > 0 ? [] : tests } },
    { text: 'Suspend', key: 'p', wish: { action: 'suspend', tests: others } },
    ...(suspended.length > 0
      ? [{ text: 'Resume', key: 'u', wish: { action: 'resume', tests: suspended } } as const]
      : []),
  ];
}
