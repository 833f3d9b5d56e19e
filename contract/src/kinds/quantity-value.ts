const FACTORS: Readonly<Record<string, number>> = {
  '': 1,
  ns: 1e-9,
  us: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3_600,
  '%': 0.01,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
};

/** A quantity such as 50ms, 1%, 100M or 3 in SI base units, as metrics have them; null where it is none. */
export function quantityValue(text: string): number | null {
  const [, amount, unit = ''] = /^(-?[0-9]+(?:\.[0-9]+)?)(.*)$/.exec(text) ?? [];
  const factor = FACTORS[unit];
  // Digits of the product beyond those of a double's decimal form are none of the quantity: 50 * 1e-3.
  return amount === undefined || factor === undefined
    ? null
    : Number((Number(amount) * factor).toPrecision(15));
}
