const HEADROOM = 1.08;

/** How far an axis must reach so that its limits are seen. */
export function limitsTop(limits: readonly number[]): number {
  return Math.max(0, ...limits) * HEADROOM;
}
