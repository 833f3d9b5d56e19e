/** DSCP class names (RFC 2474, 2597, 3246, 5865, 8622) and their code points. */
const NAMED: Readonly<Record<string, number>> = { be: 0, ef: 46, va: 44, le: 1 };
const digits = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

/** Every class name that `parseDscp` knows. */
export const DSCP_CLASSES: readonly string[] = [
  ...Object.keys(NAMED),
  ...digits(0, 7).map((n) => `cs${n}`),
  ...digits(1, 4).flatMap((queue) => digits(1, 3).map((drop) => `af${queue}${drop}`)),
];

/** The code point of a name or number, or null where it is neither. */
export function parseDscp(value: number | string): number | null {
  if (typeof value === 'number') return Number.isInteger(value) && value >= 0 && value <= 63 ? value : null;
  const named = NAMED[value];
  if (named !== undefined) return named;
  const selector = /^cs([0-7])$/.exec(value);
  if (selector) return Number(selector[1]) * 8;
  const assured = /^af([1-4])([1-3])$/.exec(value);
  if (assured) return Number(assured[1]) * 8 + Number(assured[2]) * 2;
  return /^(0|[1-9][0-9]?)$/.test(value) ? parseDscp(Number(value)) : null;
}
