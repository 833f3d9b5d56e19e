/** Bytes of struct timex on 64-bit Linux, with room to spare. */
export const TIMEX_BYTES = 256;
const MAX_ERROR = 24;
const STATUS = 40;

const STA_UNSYNC = 0x40;
/** What adjtimex(2) returns where the clock is not synchronised. */
const TIME_ERROR = 5;
/** NTP_PHASE_LIMIT: from here on the kernel says no more than that it does not know. */
const UNBOUNDED_MICROSECONDS = 16_000_000;

/** What the kernel knows of the error of its own clock. */
export interface ClockState {
  readonly synchronised: boolean;
  /** How far it may be off (RFC 5905, 11.1: root distance); null: unbounded. */
  readonly errorBoundSeconds: number | null;
}

/** The state out of a struct timex that adjtimex(2) filled in, and what it returned; null where it failed. */
export function readClockState(view: DataView, offset: number, returned: number): ClockState | null {
  if (returned < 0) return null;
  const maxError = Number(view.getBigInt64(offset + MAX_ERROR, true));
  const isUnsynchronised =
    returned === TIME_ERROR || (view.getInt32(offset + STATUS, true) & STA_UNSYNC) !== 0;
  const isBounded = !isUnsynchronised && maxError < UNBOUNDED_MICROSECONDS;
  return { synchronised: isBounded, errorBoundSeconds: isBounded ? maxError / 1e6 : null };
}
