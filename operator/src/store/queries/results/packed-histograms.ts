import { type Histogram, ZERO_KEY } from '@streamswarm/contract';

/**
 * Histograms of many rows as one value: their int4[] as Postgres writes them, `{key,count,...}`, one behind the other.
 * To add them up here costs a fifth of what it costs Postgres to take them apart bucket by bucket, and as text they
 * are a quarter of the bytes of their binary form, which travels as hexadecimal digits.
 */
export function packed(column: string): string {
  return `string_agg(${column}::text, '')`;
}

/** The sum of what `packed` made; null, where no row had a histogram, is empty. */
export function mergePacked(text: string | null): Histogram {
  if (text === null) return [];
  const numbers = numbersOf(text);
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  let zeros = 0;
  for (let i = 0; i + 1 < numbers.length; i += 2) {
    const key = numbers[i] as number;
    if (key === ZERO_KEY) zeros += numbers[i + 1] as number;
    else {
      if (key < least) least = key;
      if (key > most) most = key;
    }
  }
  const merged: number[] = zeros > 0 ? [ZERO_KEY, zeros] : [];
  if (most < least) return merged;
  const counts = new Array<number>(most - least + 1).fill(0);
  for (let i = 0; i + 1 < numbers.length; i += 2) {
    const key = numbers[i] as number;
    if (key !== ZERO_KEY) counts[key - least] = (counts[key - least] as number) + (numbers[i + 1] as number);
  }
  for (const [i, count] of counts.entries()) if (count > 0) merged.push(least + i, count);
  return merged;
}

const MINUS = 45;
const DIGIT_0 = 48;
const DIGIT_9 = 57;

/** The whole numbers of a text in their order; whatever stands between them only parts them. */
function numbersOf(text: string): Int32Array {
  const numbers = new Int32Array((text.length + 1) >> 1);
  let length = 0;
  let value = -1;
  let isNegative = false;
  for (let at = 0; at <= text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= DIGIT_0 && code <= DIGIT_9) {
      value = (value < 0 ? 0 : value * 10) + code - DIGIT_0;
      continue;
    }
    if (value >= 0) numbers[length++] = isNegative ? -value : value;
    value = -1;
    isNegative = code === MINUS;
  }
  return numbers.subarray(0, length);
}
