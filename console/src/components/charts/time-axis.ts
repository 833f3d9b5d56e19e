export interface TimeTick {
  readonly ms: number;
  readonly text: string;
}

const [S, M, H, D] = [1_000, 60_000, 3_600_000, 86_400_000] as const;
/** Steps that people read a clock by. */
const STEPS = [
  S,
  2 * S,
  5 * S,
  10 * S,
  15 * S,
  30 * S,
  M,
  2 * M,
  5 * M,
  10 * M,
  15 * M,
  30 * M,
  H,
  2 * H,
  3 * H,
  6 * H,
  12 * H,
  D,
  2 * D,
  7 * D,
] as const;
const LEAST_PX = 100;

const two = (value: number): string => String(value).padStart(2, '0');

/** Ticks on round local times, at least 100 px apart; a tick at midnight shows the date. */
export function timeTicks(fromMs: number, toMs: number, width: number): TimeTick[] {
  const least = ((toMs - fromMs) / Math.max(1, width)) * LEAST_PX;
  const step = STEPS.find((size) => size >= least) ?? 7 * D;
  // Round in local time: a zone half an hour off has its full hours elsewhere.
  const zoneMs = -new Date(fromMs).getTimezoneOffset() * M;
  const first = Math.ceil((fromMs + zoneMs) / step) * step - zoneMs;
  const count = Math.max(0, Math.floor((toMs - first) / step) + 1);
  return Array.from({ length: count }, (_, i) => first + i * step).map((ms) => ({
    ms,
    text: label(ms, step),
  }));
}

function label(ms: number, step: number): string {
  const time = new Date(ms);
  const [h, m, s] = [time.getHours(), time.getMinutes(), time.getSeconds()];
  if (h === 0 && m === 0 && s === 0)
    return time.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });
  return step < M ? `${two(h)}:${two(m)}:${two(s)}` : `${two(h)}:${two(m)}`;
}
