/** Round values from 0 to `max`, about `count` of them above 0. */
export function ticks(max: number, count: number): number[] {
  const rough = max / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((size) => size >= rough * 0.999);
  const size = step ?? power * 10;
  // Each tick is a product, not a sum: no drift into 0.30000000000000004.
  return Array.from({ length: Math.floor(max / size + 1e-9) + 1 }, (_, i) =>
    Number((i * size).toPrecision(12)),
  );
}
