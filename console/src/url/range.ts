import { formatDurationMs, parseDurationMs } from '@streamswarm/contract/duration/duration';

export const RANGES = ['5m', '15m', '1h', '6h', '24h', '3d', '7d', '30d'] as const;
/** A new installation has minutes of data: an hour would be an empty chart with a line at its edge. */
export const DEFAULT_RANGE = '15m';
/** For an operator that has only just started. */
export const FIRST_RANGE = '5m';

/** The time that a screen shows: the last so long, or between two moments (ms since the epoch). */
export type Range =
  | { readonly kind: 'last'; readonly text: string; readonly ms: number }
  | { readonly kind: 'fixed'; readonly fromMs: number; readonly toMs: number };

/** The range that a query string asks for; what cannot be read falls back to the default. */
export function readRange(query: URLSearchParams, fallback: string = DEFAULT_RANGE): Range {
  const [from, to] = [query.get('from'), query.get('to')].map((text) => Date.parse(text ?? ''));
  if (from !== undefined && to !== undefined && from < to) return { kind: 'fixed', fromMs: from, toMs: to };
  const ms = rangeMs(query.get('range') ?? '');
  return ms === null || ms < 60_000 ? last(fallback) : last(rangeText(ms));
}

/** As parameters of the API. */
export function rangeParameters(range: Range): Record<string, string> {
  return range.kind === 'last'
    ? { range: formatDurationMs(range.ms) }
    : { from: new Date(range.fromMs).toISOString(), to: new Date(range.toMs).toISOString() };
}

/** The moments it covers at `nowMs`. */
export function rangeWindow(range: Range, nowMs: number): { fromMs: number; toMs: number } {
  return range.kind === 'last' ? { fromMs: nowMs - range.ms, toMs: nowMs } : range;
}

/** In words: 1 h, 15 m. */
export function rangeLabel(range: Range): string {
  const text = range.kind === 'last' ? range.text : rangeText(range.toMs - range.fromMs);
  return text.replace(/([0-9]+)(ms|[dhms])/g, '$1\u00a0$2 ').trim();
}

function last(text: string): Range {
  return { kind: 'last', text, ms: rangeMs(text) ?? 900_000 };
}

const DAY_MS = 86_400_000;

/** A duration of the contract, or whole days: people say 7 d, the API 168 h. Null: neither. */
export function rangeMs(text: string): number | null {
  const days = /^([1-9][0-9]{0,2})d$/.exec(text)?.[1];
  return days === undefined ? parseDurationMs(text) : Number(days) * DAY_MS;
}

function rangeText(ms: number): string {
  const days = ms / DAY_MS;
  return days > 1 && Number.isInteger(days) ? `${days}d` : formatDurationMs(ms);
}
