/** From 0 to a round value that holds all of them, with its ticks; null where there is none to hold. */
export function valueTicks(
  values: readonly (number | null)[],
  count = 4,
): { max: number; ticks: number[] } | null {
  const largest = values.reduce<number | null>(
    (most, value) => (value === null ? most : Math.max(most ?? value, value)),
    null,
  );
  if (largest === null) return null;
  const wanted = largest > 0 ? largest : 1;
  const rough = wanted / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step =
    [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((size) => size >= rough * 0.999) ?? power * 10;
  const steps = Math.ceil(wanted / step - 1e-9);
  // Each tick is a product, not a sum: no drift into 0.30000000000000004.
  const ticks = Array.from({ length: steps + 1 }, (_, i) => Number((i * step).toPrecision(12)));
  return { max: ticks.at(-1) ?? wanted, ticks };
}

const TIME_TICKS = 6;
const DAY_MS = 86_400_000;
const ROUND_MS = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400, 172_800,
  604_800,
].map((seconds) => seconds * 1_000);

/** Round times of a window, in UTC, at most seven of them. */
export function utcTicks(fromMs: number, toMs: number): { ms: number; text: string }[] {
  const least = (toMs - fromMs) / TIME_TICKS;
  const step = ROUND_MS.find((size) => size >= least) ?? Math.ceil(least / DAY_MS) * DAY_MS;
  const first = Math.ceil(fromMs / step) * step;
  const count = Math.max(0, Math.floor((toMs - first) / step) + 1);
  return Array.from({ length: count }, (_, i) => first + i * step).map((ms) => ({
    ms,
    text: label(ms, step),
  }));
}

function label(ms: number, step: number): string {
  const text = new Date(ms).toISOString();
  if (step >= DAY_MS) return text.slice(5, 10);
  return step < 60_000 ? text.slice(11, 19) : text.slice(11, 16);
}

/** Steps that have a value, as runs: a line is never drawn over a gap. */
export function runsOf(values: readonly (number | null)[]): { first: number; end: number }[] {
  const runs: { first: number; end: number }[] = [];
  let first: number | null = null;
  for (let step = 0; step <= values.length; step++) {
    const has = step < values.length && values[step] !== null;
    if (has && first === null) first = step;
    if (!has && first !== null) {
      runs.push({ first, end: step });
      first = null;
    }
  }
  return runs;
}
