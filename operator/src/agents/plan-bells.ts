import type { Database } from '../store/database.ts';
import { PLAN_CHANNEL, readPlanPayload } from '../store/planning/plan-changes.ts';

/** Wakes the plan streams of those agents whose plan has changed, and of no others. */
export interface PlanBells {
  /** Calls back whenever the plan of this agent may have changed. */
  onChange(agentId: string, handler: () => void): () => void;
}

export function planBells(db: Pick<Database, 'listen'>): PlanBells {
  const handlers = new Map<string, Set<() => void>>();
  db.listen(PLAN_CHANNEL, (payload) => {
    for (const agentId of readPlanPayload(payload) ?? [...handlers.keys()])
      for (const handler of handlers.get(agentId) ?? []) handler();
  });
  return {
    onChange(agentId, handler) {
      const known = handlers.get(agentId) ?? new Set();
      handlers.set(agentId, known.add(handler));
      return () => {
        known.delete(handler);
        if (known.size === 0 && handlers.get(agentId) === known) handlers.delete(agentId);
      };
    },
  };
}
