import type { ViewChoice } from './view-choice.ts';

/** Room beside the charts below one another, px, and how many points they ask for: they share one time axis. */
export const BAND = { left: 58, right: 58, points: 360 } as const;

export function choiceTitle({ probe, destination }: Pick<ViewChoice, 'probe' | 'destination'>): string {
  return `${probe ?? 'nothing'} → ${destination ?? 'all destinations'}`;
}
