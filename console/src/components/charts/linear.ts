/** Maps [from, to] onto px. Written out: a scale library would be a tenth of what the first page may load. */
export function linear(
  [from, to]: readonly [number, number],
  [begin, end]: readonly [number, number],
): (value: number) => number {
  const factor = to === from ? 0 : (end - begin) / (to - from);
  return (value) => begin + (value - from) * factor;
}
