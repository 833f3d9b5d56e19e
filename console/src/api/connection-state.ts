/** What the console knows of its way to the operator. Times are this browser's clock, in ms. */
export interface Connection {
  /** When an answer last came. */
  readonly lastGoodMs: number | null;
  /** First failure since then; null while all is well. */
  readonly failingSinceMs: number | null;
  readonly nextTryMs: number | null;
  readonly reason: string | null;
  /** How often all of the screen was tried again since then, the first failure included. */
  readonly tries: number;
  /** When the last of these tries began. */
  readonly tryMs: number | null;
  /** The requests that failed since the first failure, newest first; not more than are worth reading. */
  readonly attempts: readonly Attempt[];
  /** A person holds the screen. */
  readonly paused: boolean;
  /** The operator's clock minus this browser's, in ms. */
  readonly clockOffsetMs: number;
}

export interface Attempt {
  readonly atMs: number;
  readonly what: string;
  readonly outcome: string;
}

export type ConnectionEvent =
  | { readonly type: 'answered'; readonly atMs: number }
  | { readonly type: 'failed'; readonly atMs: number; readonly what: string; readonly outcome: string }
  /** What is shown came from an earlier visit. */
  | { readonly type: 'recalled'; readonly atMs: number }
  | { readonly type: 'paused'; readonly paused: boolean }
  | { readonly type: 'clock'; readonly offsetMs: number };

export const NEW_CONNECTION: Connection = {
  lastGoodMs: null,
  failingSinceMs: null,
  nextTryMs: null,
  reason: null,
  tries: 0,
  tryMs: null,
  attempts: [],
  paused: false,
  clockOffsetMs: 0,
};

export const RETRY_MS = 5_000;
const ATTEMPTS_KEPT = 12;
/** Requests of one screen fail within it, one after the other: they are one try. */
const TRY_MS = RETRY_MS / 2;
/** Below this the difference is the way of the answer, not the clock. */
const CLOCK_NOISE_MS = 500;

export function nextConnection(state: Connection, event: ConnectionEvent): Connection {
  switch (event.type) {
    case 'answered':
      return {
        ...state,
        lastGoodMs: event.atMs,
        failingSinceMs: null,
        nextTryMs: null,
        reason: null,
        tries: 0,
        tryMs: null,
        attempts: [],
      };
    case 'failed': {
      const isNewTry = state.tryMs === null || event.atMs - state.tryMs >= TRY_MS;
      return {
        ...state,
        tries: isNewTry ? state.tries + 1 : state.tries,
        tryMs: isNewTry ? event.atMs : state.tryMs,
        failingSinceMs: state.failingSinceMs ?? event.atMs,
        nextTryMs: event.atMs + RETRY_MS,
        reason: event.outcome,
        attempts: [{ atMs: event.atMs, what: event.what, outcome: event.outcome }, ...state.attempts].slice(
          0,
          ATTEMPTS_KEPT,
        ),
      };
    }
    case 'recalled':
      return state.lastGoodMs === null ? { ...state, lastGoodMs: event.atMs } : state;
    case 'paused':
      return { ...state, paused: event.paused };
    case 'clock':
      return Math.abs(event.offsetMs - state.clockOffsetMs) < CLOCK_NOISE_MS
        ? state
        : { ...state, clockOffsetMs: event.offsetMs };
  }
}

/** The moment at which the screen stands still, or null while it is live. */
export function heldAt(state: Connection): number | null {
  return state.failingSinceMs === null ? null : (state.lastGoodMs ?? state.failingSinceMs);
}
