import type { StreamTestSpec } from '@streamswarm/contract';
import { dueTimes } from './due-time.ts';

/** When the schedule of a test starts its next run; null where it has none, or is suspended. */
export function nextRunMs({ schedule, suspend }: StreamTestSpec, nowMs: number): number | null {
  if (schedule === undefined || suspend === true) return null;
  return dueTimes(schedule)?.after(nowMs) ?? null;
}
