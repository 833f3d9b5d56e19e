/**
 * Reordered packets, RFC 4737 section 3.3: one whose sequence number is below the next expected, which is one
 * above the highest seen so far. Takes sequence numbers in order of arrival, duplicates left out.
 */
export function countReordered(seqsByArrival: readonly number[]): number {
  let nextExpected = 0;
  let reordered = 0;
  for (const seq of seqsByArrival) {
    if (seq < nextExpected) reordered++;
    else nextExpected = seq + 1;
  }
  return reordered;
}
