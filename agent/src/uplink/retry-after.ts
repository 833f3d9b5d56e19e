/** A server may ask for patience, but not for ever. */
const LONGEST_MS = 300_000;
const DEFAULT_MS = 1_000;

/** How long Retry-After (RFC 9110, 10.2.3: seconds or a date) asks to wait, ms; a second where it does not say. */
export function retryAfterMs(header: string | null, wallMs: number): number {
  if (header === null) return DEFAULT_MS;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(header) - wallMs;
  return Number.isFinite(ms) ? Math.min(LONGEST_MS, Math.max(0, ms)) : DEFAULT_MS;
}
