/**
 * How many packets a second an agent sends, each with one second of burst. Generous: they stop accidents, not
 * measurements. Planning says which tests ask for more; the slots that find no room are dropped as `busy`.
 */
export const PACKET_LIMITS = {
  /** All tests together. */
  perAgent: 20_000,
  /** To one address. */
  perDestination: 5_000,
} as const;
