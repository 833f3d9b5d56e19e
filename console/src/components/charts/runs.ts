/** A run of steps, first inclusive, end exclusive. */
export interface StepRun {
  readonly first: number;
  readonly end: number;
}

type Values = readonly (number | null)[];

/** The runs of steps that have a value: lines and bands never cross what lies between them. */
export function valueRuns(values: Values): StepRun[] {
  const runs: StepRun[] = [];
  let first = -1;
  for (let i = 0; i <= values.length; i++) {
    const there = i < values.length && values[i] !== null && values[i] !== undefined;
    if (there && first < 0) first = i;
    if (!there && first >= 0) {
      runs.push({ first, end: i });
      first = -1;
    }
  }
  return runs;
}

/**
 * The runs of steps without a value that lie between steps with one, and those after the last one if more than
 * `young` steps are missing: the newest steps may still be on their way. Steps before the first value are no gap,
 * because nothing was measured yet.
 */
export function gapRuns(values: Values, young: number): StepRun[] {
  const runs = valueRuns(values);
  const gaps = runs.slice(1).map((run, i) => ({ first: runs[i]?.end ?? 0, end: run.first }));
  const last = runs.at(-1);
  if (last !== undefined && values.length - last.end > young) {
    gaps.push({ first: last.end, end: values.length });
  }
  return gaps;
}
