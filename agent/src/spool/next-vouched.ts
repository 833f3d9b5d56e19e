import type { Vouched } from './through-file.ts';

/**
 * What is vouched for after `candidate`: the word never takes back what it said. A candidate that reaches less
 * far (the operator's clock was set back) leaves the word as it was; a new plan revision waits with it, because
 * its slots are not answered as far as the word already reaches.
 */
export function nextVouched(before: Vouched, candidate: Vouched): Vouched {
  if (candidate.throughMs >= before.throughMs) return candidate;
  return { ...candidate, throughMs: before.throughMs, planRevision: before.planRevision };
}
