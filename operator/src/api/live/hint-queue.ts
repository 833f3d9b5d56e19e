import { LIVE_ENTITIES, type LiveHint } from '@streamswarm/contract';

export const MAX_HINTS = 1_000;

/** Hints that wait for one reader: each entity and key once, and never more than MAX_HINTS. */
export interface HintQueue {
  add(hint: LiveHint): void;
  /** All that waits, in the order of their first arrival; the queue is empty afterwards. */
  take(): LiveHint[];
  readonly size: number;
}

export function createHintQueue(): HintQueue {
  let waiting = new Map<string, LiveHint>();
  return {
    add(hint) {
      if (waiting.has(`${hint.entity} `)) return;
      waiting.set(`${hint.entity} ${hint.key ?? ''}`, hint);
      // Too much to name: "everything changed" is shorter, and just as true.
      if (waiting.size > MAX_HINTS) {
        waiting = new Map(LIVE_ENTITIES.map((entity) => [`${entity} `, { entity, key: null }]));
      }
    },
    take() {
      const hints = [...waiting.values()];
      waiting = new Map();
      return hints;
    },
    get size() {
      return waiting.size;
    },
  };
}
