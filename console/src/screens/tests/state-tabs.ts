import type { TestState } from '@streamswarm/contract/kinds/stream-test';

export const TEST_STATE_ORDER = [
  'Failed',
  'Running',
  'Pending',
  'Scheduled',
  'Suspended',
  'Complete',
] as const satisfies readonly TestState[];

export type StateTab = 'Wrong' | 'All' | TestState;
export const TABS: readonly StateTab[] = [
  'Wrong',
  'Running',
  'Pending',
  'Scheduled',
  'Suspended',
  'Failed',
  'Complete',
  'All',
];

/** The tab that an address asks for; All where it asks for none there is. */
export function readTab(text: string | null): StateTab {
  return TABS.find((tab) => tab.toLowerCase() === text?.toLowerCase()) ?? 'All';
}
