import type { SlotRange } from '@streamswarm/contract/slot/slot';
import type { SpanSlots } from '@streamswarm/contract/wire/batch';

/** Slots of many spans as runs: sorted by span and slot, neighbours joined. */
export function joinRuns(runs: readonly SpanSlots[]): SpanSlots[] {
  const sorted = [...runs].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const joined: SpanSlots[] = [];
  for (const [span, first, end] of sorted) {
    if (first >= end) continue;
    const last = joined.at(-1);
    if (last !== undefined && last[0] === span && first <= last[2]) last[2] = Math.max(last[2], end);
    else joined.push([span, first, end]);
  }
  return joined;
}

/**
 * At most `limit` runs: where there are more, the gaps between runs of one span are filled from the narrowest on.
 * What is named too much is shown as pending and not as missing, until the list is short again.
 */
export function coarsenRuns(joined: readonly SpanSlots[], limit: number): readonly SpanSlots[] {
  if (joined.length <= limit) return joined;
  const gaps: number[] = [];
  joined.forEach(([span, first], i) => {
    const before = joined[i - 1];
    if (before !== undefined && before[0] === span) gaps.push(first - before[2]);
  });
  gaps.sort((a, b) => a - b);
  const widest = gaps[joined.length - limit - 1] ?? Number.POSITIVE_INFINITY;
  const coarse: SpanSlots[] = [];
  for (const [span, first, end] of joined) {
    const last = coarse.at(-1);
    if (last !== undefined && last[0] === span && first - last[2] <= widest) last[2] = end;
    else coarse.push([span, first, end]);
  }
  return coarse;
}

/** The runs of each span; the input must be joined. */
export function runsBySpan(joined: readonly SpanSlots[]): Map<number, SlotRange[]> {
  const bySpan = new Map<number, SlotRange[]>();
  for (const [span, first, end] of joined) {
    const runs = bySpan.get(span);
    if (runs === undefined) bySpan.set(span, [{ first, end }]);
    else runs.push({ first, end });
  }
  return bySpan;
}

/** What of `ranges` lies in none of `taken`; both sorted and joined. */
export function subtractRuns(ranges: readonly SlotRange[], taken: readonly SlotRange[]): SlotRange[] {
  return ranges.flatMap((range) => {
    const rest: SlotRange[] = [];
    let first = range.first;
    for (const hole of taken) {
      if (hole.end <= first) continue;
      if (hole.first >= range.end) break;
      if (hole.first > first) rest.push({ first, end: hole.first });
      first = Math.max(first, hole.end);
    }
    if (first < range.end) rest.push({ first, end: range.end });
    return rest;
  });
}
