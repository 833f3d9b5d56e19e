import type { Limit } from '@streamswarm/contract';

/** One slot of a stream in which the metric was measured. */
export interface MeasuredSlot {
  readonly dueMs: number;
  readonly value: number;
}

export type FindingDecision =
  | { readonly kind: 'keep' }
  /** Broken since the first of the slots that broke it. */
  | { readonly kind: 'begin'; readonly beganMs: number; readonly value: number }
  | { readonly kind: 'end'; readonly endedMs: number };

/**
 * Whether a limit is broken by a stream: by as many consecutive measured slots as the limit says, `newest` first. One
 * that is not beyond it ends the finding. Slots that measured nothing say neither: what is not known is no recovery.
 */
export function decideFinding(
  limit: Pick<Limit, 'side' | 'bound' | 'slots'>,
  newest: readonly MeasuredSlot[],
  isOpen: boolean,
): FindingDecision {
  const [last] = newest;
  if (last === undefined) return { kind: 'keep' };
  if (isOpen) return isBroken(limit, last) ? { kind: 'keep' } : { kind: 'end', endedMs: last.dueMs };
  const run = newest.slice(0, limit.slots);
  const first = run.at(-1);
  if (first === undefined || run.length < limit.slots) return { kind: 'keep' };
  if (!run.every((slot) => isBroken(limit, slot))) return { kind: 'keep' };
  return { kind: 'begin', beganMs: first.dueMs, value: last.value };
}

function isBroken({ side, bound }: Pick<Limit, 'side' | 'bound'>, { value }: MeasuredSlot): boolean {
  return side === 'above' ? value > bound : value < bound;
}
