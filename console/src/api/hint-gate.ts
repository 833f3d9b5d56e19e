import type { LiveHint } from '@streamswarm/contract/wire/views';

/** Results come with every batch and are dear to read again; the rest is rare and should be seen at once. */
const GAP_MS: Readonly<Record<LiveHint['entity'], number>> = {
  tests: 250,
  agents: 250,
  events: 250,
  results: 2_000,
};
/** Beyond so many different hints "everything changed" is cheaper, and as true. */
const MAX_WAITING = 1_000;

/** Hints that wait, each once, and when the next of them may be applied. Times are ms of one clock. */
export interface HintGate {
  add(hint: LiveHint): void;
  /** The hints that are due; they are gone afterwards. */
  take(nowMs: number): LiveHint[];
  /** When to ask again, or null where nothing waits. */
  dueMs(nowMs: number): number | null;
}

export function createHintGate(): HintGate {
  let waiting = new Map<string, LiveHint>();
  const lastMs = new Map<LiveHint['entity'], number>();
  const readyMs = (hint: LiveHint): number =>
    (lastMs.get(hint.entity) ?? Number.NEGATIVE_INFINITY) + GAP_MS[hint.entity];
  return {
    add(hint) {
      waiting.set(`${hint.entity} ${hint.key ?? ''}`, hint);
      if (waiting.size <= MAX_WAITING) return;
      const entities = Object.keys(GAP_MS) as LiveHint['entity'][];
      waiting = new Map(entities.map((entity) => [`${entity} `, { entity, key: null }]));
    },
    take(nowMs) {
      const due = [...waiting].filter(([, hint]) => readyMs(hint) <= nowMs);
      for (const [key] of due) waiting.delete(key);
      for (const [, hint] of due) lastMs.set(hint.entity, nowMs);
      return due.map(([, hint]) => hint);
    },
    dueMs(nowMs) {
      if (waiting.size === 0) return null;
      return Math.max(nowMs, Math.min(...[...waiting.values()].map(readyMs)));
    },
  };
}
