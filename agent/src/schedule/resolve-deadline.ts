/** What name resolution gets at least where the slot's deadline allows it, ms. */
const LEAST_MS = 100;

/**
 * How long name resolution of a slot may take (ms): an attempt has one period from its begin, and the probe
 * itself needs `probeMs` of it at the worst. A probe whose timeout fills its period leaves nothing; then a little
 * of the slack up to the slot's deadline is lent, so that names can be measured at all.
 */
export function resolveTimeoutMs(
  periodMs: number,
  probeMs: number,
  nowMs: number,
  deadlineMs: number,
): number {
  const left = periodMs - probeMs;
  return left >= LEAST_MS ? left : Math.max(0, left, Math.min(LEAST_MS, deadlineMs - nowMs - probeMs));
}
