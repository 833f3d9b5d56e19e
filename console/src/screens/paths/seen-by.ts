import type { PathChanges } from '@streamswarm/contract/wire/traces';
import { formatDuration } from '../../format/time.ts';

interface Change {
  /** When the trace was due that saw it, ms. */
  readonly atMs: number;
  readonly periodMs: number;
}

/**
 * How many of the agents that trace a destination saw another router within one period of this change, this one
 * among them; null where there is one agent alone, or not all changes of that time are known.
 */
export function seenBy({ agents, changed }: PathChanges, { atMs, periodMs }: Change): string | null {
  const isNear = (time: string): boolean => Math.abs(Date.parse(time) - atMs) <= periodMs;
  const isCut = changed.some(
    ({ changes, times }) => changes > times.length && Date.parse(times.at(-1) ?? '') > atMs - periodMs,
  );
  const seers = new Set(changed.filter(({ times }) => times.some(isNear)).map(({ agent }) => agent));
  if (agents < 2 || isCut || seers.size === 0) return null;
  return `seen by ${seers.size} of ${agents} agents within ${formatDuration(periodMs / 1_000)}`;
}
