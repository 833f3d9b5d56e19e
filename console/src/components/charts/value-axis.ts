import { ticks } from './round-ticks.ts';

export interface ValueAxis {
  /** From 0 to here. */
  readonly max: number;
  readonly ticks: readonly number[];
  /** Some values lie above and are marked at the edge. */
  readonly clips: boolean;
}

/** One peak may not press everything else flat: above this many times the 98th percentile it is clipped. */
const PEAK = 4;
const HEADROOM = 1.08;
/** Fewer values have no usual size to compare with. */
const ENOUGH = 20;

/** An axis from 0 that holds the values; null where there is none to hold. */
export function valueAxis(values: readonly (number | null)[], count = 4, atLeast = 0): ValueAxis | null {
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
  const largest = sorted.at(-1);
  if (largest === undefined) return null;
  const usual = sorted[Math.floor((sorted.length - 1) * 0.98)] ?? largest;
  const clips = sorted.length >= ENOUGH && usual > 0 && largest > usual * PEAK;
  const wanted = Math.max(clips ? usual * 1.5 : largest * HEADROOM, atLeast);
  // An axis needs a length even where every value is 0.
  const max = wanted > 0 ? wanted : 1;
  return { max, ticks: ticks(max, count), clips };
}
