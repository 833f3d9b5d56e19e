import type { StoredSession } from '../store/queries/agent-sessions.ts';

/** Tokens are remembered by this process for so long; one that ends is forgotten at once. */
const REMEMBER_MS = 10_000;
const MOST_REMEMBERED = 10_000;

/** A session that a request was let in for. */
export interface AgentSession {
  readonly agentId: string;
  /** Hash of its token, in hex. */
  readonly key: string;
}

export interface LiveSessionsOptions {
  /** The session of a token's hash, unless it has ended. */
  find(key: string): Promise<StoredSession | null>;
  /** Calls back with ids of agents whose sessions have changed; with '' where that may be any. */
  onChange(handler: (agentId: string) => void): () => void;
  monotonicMs(): number;
}

export interface LiveSessions {
  find(key: string): Promise<AgentSession | null>;
  /**
   * A signal that fires when the session ends (by its time, by a newer session of its agent, with its pod), or with
   * `closed`. `release` must be called once nobody needs it.
   */
  watch(session: AgentSession, closed: AbortSignal): { signal: AbortSignal; release(): void };
}

interface Watch {
  readonly session: AgentSession;
  readonly controller: AbortController;
  timer: NodeJS.Timeout | undefined;
}

/** Sessions as this process knows them: asked of the store, remembered for a moment, ended when the store says so. */
export function liveSessions(options: LiveSessionsOptions): LiveSessions {
  const known = new Map<string, { readonly session: AgentSession; readonly untilMs: number }>();
  const watches = new Map<string, Set<Watch>>();

  /** Asks the store whether the session still lives, and comes back when its time is over. */
  const look = async (watch: Watch): Promise<void> => {
    clearTimeout(watch.timer);
    try {
      const stored = await options.find(watch.session.key);
      if (watch.controller.signal.aborted) return;
      if (stored === null) watch.controller.abort();
      else watch.timer = setTimeout(() => void look(watch), stored.leftMs).unref();
    } catch {
      // The store is away: nothing ends for that, and its return is told as a change of any session.
      if (!watch.controller.signal.aborted)
        watch.timer = setTimeout(() => void look(watch), REMEMBER_MS).unref();
    }
  };

  options.onChange((agentId) => {
    for (const [key, { session }] of known) {
      if (agentId === '' || session.agentId === agentId) known.delete(key);
    }
    const concerned = agentId === '' ? [...watches.values()] : [watches.get(agentId) ?? []];
    for (const set of concerned) for (const watch of set) void look(watch);
  });

  return {
    async find(key) {
      const entry = known.get(key);
      if (entry !== undefined && entry.untilMs > options.monotonicMs()) return entry.session;
      known.delete(key);
      const askedMs = options.monotonicMs();
      const stored = await options.find(key);
      if (stored === null) return null;
      const session = { agentId: stored.agentId, key };
      if (known.size >= MOST_REMEMBERED) known.clear();
      known.set(key, { session, untilMs: askedMs + Math.min(REMEMBER_MS, stored.leftMs) });
      return session;
    },

    watch(session, closed) {
      const controller = new AbortController();
      const watch: Watch = { session, controller, timer: undefined };
      const set = watches.get(session.agentId) ?? new Set();
      watches.set(session.agentId, set.add(watch));
      const end = (): void => controller.abort();
      closed.addEventListener('abort', end, { once: true });
      // It may have ended between the look of its request and now.
      void look(watch);
      return {
        signal: controller.signal,
        release() {
          closed.removeEventListener('abort', end);
          controller.abort();
          clearTimeout(watch.timer);
          set.delete(watch);
          if (set.size === 0 && watches.get(session.agentId) === set) watches.delete(session.agentId);
        },
      };
    },
  };
}
