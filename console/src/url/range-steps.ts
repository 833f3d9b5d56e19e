import { RANGES, type Range, rangeMs, rangeWindow } from './range.ts';
import { zoomInto, zoomOut } from './zoom.ts';

export const RANGE_STEPS = ['earlier', 'later', 'longer', 'shorter'] as const;
export type RangeStep = (typeof RANGE_STEPS)[number];

type Changes = Readonly<Record<string, string | null>>;

interface Window {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A step of half of what is seen keeps the other half to compare with. */
const STEP = 0.5;
/** Share of the window. */
const NEAR = 0.25;
const LEAST_MS = 60_000;
const OFFERED = RANGES.map((text) => ({ text, ms: rangeMs(text) ?? 0 }));
const MOST_MS = OFFERED.at(-1)?.ms ?? 0;

/** What a step changes in the address; null where it leads nowhere. */
export function steppedRange(
  query: URLSearchParams,
  range: Range,
  { step, nowMs }: { readonly step: RangeStep; readonly nowMs: number },
): Changes | null {
  const { fromMs, toMs } = rangeWindow(range, nowMs);
  const half = (toMs - fromMs) * STEP;
  if (step === 'earlier' || step === 'later')
    return movedRange(query, range, { byMs: step === 'earlier' ? -half : half, nowMs });
  if (range.kind === 'last') return offered(range.ms, step);
  const by = step === 'longer' ? half : -half / 2;
  const wanted = { fromMs: fromMs - by, toMs: toMs + by };
  const length = wanted.toMs - wanted.fromMs;
  return length < LEAST_MS || length > MOST_MS ? null : settled(query, range, { wanted, nowMs });
}

/** The same length of time, earlier or later. */
export function movedRange(
  query: URLSearchParams,
  range: Range,
  { byMs, nowMs }: { readonly byMs: number; readonly nowMs: number },
): Changes | null {
  const { fromMs, toMs } = rangeWindow(range, nowMs);
  // There is nothing after now.
  if (byMs === 0 || (byMs > 0 && toMs >= nowMs)) return null;
  const wanted = { fromMs: fromMs + byMs, toMs: toMs + byMs };
  return settled(query, range, { wanted, nowMs, isBack: byMs > 0 });
}

interface Settling {
  readonly wanted: Window;
  readonly nowMs: number;
  /** Whether it leads towards now. */
  readonly isBack?: boolean;
}

/** The next of the ranges that can be chosen, which goes on with the clock. */
function offered(ms: number, step: 'longer' | 'shorter'): Changes | null {
  const next =
    step === 'longer' ? OFFERED.find((range) => range.ms > ms) : OFFERED.findLast((range) => range.ms < ms);
  return next === undefined ? null : { range: next.text, from: null, to: null, out: null };
}

/**
 * A window that would reach beyond now ends with it. The live range that it came from is live again; on the way back
 * to it the clock has gone on, so that coming near is enough.
 */
function settled(query: URLSearchParams, range: Range, { wanted, nowMs, isBack = false }: Settling): Changes {
  const beyond = Math.max(0, wanted.toMs - nowMs);
  const liveMs = rangeMs(query.get('out') ?? '');
  const length = Math.ceil(wanted.toMs - wanted.fromMs);
  const near = isBack ? length * NEAR : 0;
  if (wanted.toMs >= nowMs - near && liveMs !== null && liveMs <= length) return zoomOut(query);
  return zoomInto(query, range, {
    fromMs: Math.round(wanted.fromMs - beyond),
    toMs: Math.round(wanted.toMs - beyond),
  });
}
