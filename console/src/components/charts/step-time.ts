import { clockTime, dateTime } from '../../format/time.ts';

const DAY_MS = 86_400_000;

interface Steps {
  readonly fromMs: number;
  readonly stepMs: number;
  readonly steps: number;
}

/** When a step begins: its clock time, with the date where the chart is longer than a day. */
export function stepTime({ fromMs, stepMs, steps }: Steps, step: number): string {
  const atMs = fromMs + step * stepMs;
  return steps * stepMs > DAY_MS ? dateTime(atMs) : clockTime(atMs);
}
