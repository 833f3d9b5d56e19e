import type { WishedStream } from './decide-assignments.ts';

/** A span that is open in the store. */
export interface OpenSpan {
  readonly id: number;
  readonly agentId: string;
  readonly destination: string;
  readonly endpoint: string;
  readonly probe: string;
  readonly kind: string;
  readonly runId: string;
  readonly periodMs: number;
  readonly options: Readonly<Record<string, unknown>>;
  readonly target: WishedStream['target'];
}

export interface SpanChanges {
  readonly close: readonly number[];
  readonly open: readonly WishedStream[];
  /** Same series, same slots, from now on with other options or another address. */
  readonly change: readonly { readonly id: number; readonly wish: WishedStream }[];
}

/**
 * What must change so that the open spans are those wished for. A stream that goes on keeps its span, and so
 * its slots: only a new run, another period or another kind of probe opens it anew.
 */
export function decideSpans(
  open: readonly OpenSpan[],
  wishes: readonly WishedStream[],
  runId: string | null,
): SpanChanges {
  const wished = new Map(wishes.map((wish) => [identity(wish), wish]));
  const close: number[] = [];
  const change: { id: number; wish: WishedStream }[] = [];
  for (const span of open) {
    const wish = wished.get(identity(span));
    if (
      wish === undefined ||
      span.runId !== runId ||
      span.periodMs !== wish.periodMs ||
      span.kind !== wish.kind
    ) {
      close.push(span.id);
      continue;
    }
    wished.delete(identity(span));
    if (!same(span.options, wish.options) || !same(span.target, wish.target))
      change.push({ id: span.id, wish });
  }
  return { close, change, open: runId === null ? [] : [...wished.values()] };
}

function identity(of: { agentId: string; destination: string; endpoint: string; probe: string }): string {
  return JSON.stringify([of.agentId, of.destination, of.endpoint, of.probe]);
}

/** Equal as JSON, whatever the order of keys: Postgres keeps jsonb in an order of its own. */
function same(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
