import { slotDueMs, slotsDueIn } from '@streamswarm/contract';
import { slotBit } from './balance.ts';
import type { SpanAnswers } from './span-state.ts';

export interface AnsweredTimes {
  /** Due times of the first and of the last slot that has its sample; null where none has. */
  readonly firstMs: number | null;
  readonly lastMs: number | null;
}

/** When the samples of a span were due, by what its minutes say. */
export function answeredTimes({ span, minutes }: Pick<SpanAnswers, 'span' | 'minutes'>): AnsweredTimes {
  const times = [...minutes].flatMap(([minute, { mask }]) => {
    const { first, end } = slotsDueIn(span, minute * 60_000, (minute + 1) * 60_000);
    const slots: number[] = [];
    for (let slot = first; slot < end; slot++) if ((mask & slotBit(slot)) !== 0n) slots.push(slot);
    const [least, most] = [slots[0], slots.at(-1)];
    return least === undefined || most === undefined ? [] : [slotDueMs(span, least), slotDueMs(span, most)];
  });
  return {
    firstMs: times.length === 0 ? null : Math.min(...times),
    lastMs: times.length === 0 ? null : Math.max(...times),
  };
}
