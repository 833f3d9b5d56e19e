import { formatCount, joined, metricQuantity } from '@streamswarm/contract/format/numbers';

/** A tick in the unit of the top one, which alone names it. */
export function tickText(tick: number, top: number, unit: string): string {
  if (tick === 0) return '0';
  const quantity = metricQuantity(top, unit);
  if (tick === top) return joined({ ...quantity, value: short(quantity.value) });
  const factor = Number(quantity.value.replaceAll(',', '')) / top;
  const value = Number((tick * factor).toPrecision(3));
  return Number.isInteger(value) ? formatCount(value) : String(value);
}

/** 200 for 200.0, 0.25 for 0.250. */
function short(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
