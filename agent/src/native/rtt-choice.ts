/** Where the two clocks may disagree without a step of one: the noise of reading both, and slewing. */
const TOLERANCE_NS = 50_000;
const SLEW_RATIO = 1e-3;

export interface RttEvidence {
  /** Transmit and receive stamps of the kernel, ns of CLOCK_REALTIME; -1 where missing. */
  sentStampNs: number;
  receivedStampNs: number;
  /** Monotonic time from just before the send to just after the receive. */
  userNs: number;
  /** How much CLOCK_REALTIME moved against the monotonic clock meanwhile. */
  clockShiftNs: number;
}

/**
 * The kernel's round trip lies inside user space's, which no clock step touches. Stamps that are missing, lie
 * outside, or stand on a clock that was set or slewed hard in between give way to the user-space value.
 */
export function chooseRtt(evidence: RttEvidence): { rttNs: number; stamp: 'kernel' | 'user' } {
  const { sentStampNs, receivedStampNs, userNs, clockShiftNs } = evidence;
  const user = { rttNs: userNs, stamp: 'user' } as const;
  if (sentStampNs < 0 || receivedStampNs < 0) return user;
  const kernelNs = receivedStampNs - sentStampNs;
  const tolerance = TOLERANCE_NS + SLEW_RATIO * userNs;
  if (Math.abs(clockShiftNs) > tolerance) return user;
  if (kernelNs < 0 || kernelNs > userNs + tolerance) return user;
  return { rttNs: kernelNs, stamp: 'kernel' };
}
