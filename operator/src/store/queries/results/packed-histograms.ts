import { type Histogram, ZERO_KEY } from '@streamswarm/contract';

/**
 * The binary form of an int4[], in words of four bytes: dimensions (0: empty), flags, type of the elements, then
 * length and lower bound, then length (4 bytes) and value of each element.
 */
const HEAD_WORDS = 3;
const DIMENSION_WORDS = 2;

/**
 * Histograms of many rows as one value: their int4[] in Postgres's binary form, one behind the other. To add them up
 * here costs a fifth of what it costs Postgres to take them apart bucket by bucket.
 */
export function packed(column: string): string {
  return `string_agg(array_send(${column}), '')`;
}

/** The sum of what `packed` made, which is used up; null, where no row had a histogram, is empty. */
export function mergePacked(bytes: Buffer | null): Histogram {
  if (bytes === null) return [];
  const words = wordsOf(bytes);
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  let zeros = 0;
  eachBucket(words, (key, count) => {
    if (key === ZERO_KEY) zeros += count;
    else {
      if (key < least) least = key;
      if (key > most) most = key;
    }
  });
  const merged: number[] = zeros > 0 ? [ZERO_KEY, zeros] : [];
  if (most < least) return merged;
  const counts = new Array<number>(most - least + 1).fill(0);
  eachBucket(words, (key, count) => {
    if (key !== ZERO_KEY) counts[key - least] = (counts[key - least] as number) + count;
  });
  for (const [i, count] of counts.entries()) if (count > 0) merged.push(least + i, count);
  return merged;
}

/** In this machine's order of bytes: swapped where they are, as nobody else reads them; copied only where they lie askew. */
function wordsOf(bytes: Buffer): Int32Array {
  const own = bytes.byteOffset % 4 === 0 ? bytes : Buffer.from(new Uint8Array(bytes).buffer);
  own.swap32();
  return new Int32Array(own.buffer, own.byteOffset, own.length / 4);
}

function eachBucket(words: Int32Array, take: (key: number, count: number) => void): void {
  for (let at = 0; at < words.length; ) {
    const isEmpty = words[at] === 0;
    const begin = at + HEAD_WORDS + (isEmpty ? 0 : DIMENSION_WORDS);
    const end = begin + (isEmpty ? 0 : (words[at + HEAD_WORDS] as number)) * 2;
    for (let i = begin; i + 3 < end; i += 4) take(words[i + 1] as number, words[i + 3] as number);
    at = end;
  }
}
