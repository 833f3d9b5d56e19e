import type { Range } from './range.ts';

/**
 * A zoom stands in the address as `from` and `to`, and beside them `out`: the range that it was drawn in, as
 * `15m` or `FROM..TO`. A further zoom keeps it, so that one step leads out of all of them.
 */
type Changes = Readonly<Record<string, string | null>>;

const iso = (ms: number): string => new Date(ms).toISOString();

export function isZoomed(query: URLSearchParams): boolean {
  return query.has('out') && query.has('from') && query.has('to');
}

export function zoomInto(
  query: URLSearchParams,
  range: Range,
  window: { readonly fromMs: number; readonly toMs: number },
): Changes {
  const outer = range.kind === 'last' ? range.text : `${iso(range.fromMs)}..${iso(range.toMs)}`;
  return {
    from: iso(window.fromMs),
    to: iso(window.toMs),
    range: null,
    out: isZoomed(query) ? query.get('out') : outer,
  };
}

export function zoomOut(query: URLSearchParams): Changes {
  const outer = query.get('out') ?? '';
  const [from = null, to = null] = outer.includes('..') ? outer.split('..') : [];
  return { from, to, range: to === null ? outer : null, out: null };
}
