/**
 * How long name resolution of a slot may take (ms): at most a period, and so that the probe, which needs `probeMs`
 * at the worst, still ends by the slot's deadline. A resolver that is slow and answers must not cost the
 * measurement.
 */
export function resolveTimeoutMs(
  periodMs: number,
  probeMs: number,
  nowMs: number,
  deadlineMs: number,
): number {
  return Math.max(0, Math.min(periodMs, deadlineMs - nowMs - probeMs));
}
