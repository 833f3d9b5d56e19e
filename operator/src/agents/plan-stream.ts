import { type Assignment, PLAN_HEARTBEAT_MS, type PlanLine } from '@streamswarm/contract';
import type { AgentPlan } from '../store/planning/plan-of-agent.ts';

export interface PlanStreamSources {
  load(): Promise<AgentPlan>;
  nowMs(): Promise<number>;
  /** Calls back whenever any plan may have changed. */
  onChange(handler: () => void): () => void;
}

/**
 * The plan of one agent as it changes: first all of it, then differences. Each group of lines ends with
 * `synced` and the revision it brings the agent to.
 */
export async function* planStream(sources: PlanStreamSources, signal: AbortSignal): AsyncGenerator<PlanLine> {
  const bell = doorbell(sources.onChange, signal);
  const sent = new Map<string, number>();
  try {
    for (;;) {
      const plan = await sources.load();
      yield* differences(sent, plan.assignments);
      yield { type: 'synced', revision: plan.revision, nowMs: await sources.nowMs() };
      while (!(await bell.rings(PLAN_HEARTBEAT_MS))) {
        if (signal.aborted) return;
        yield { type: 'heartbeat', nowMs: await sources.nowMs() };
      }
      if (signal.aborted) return;
    }
  } finally {
    bell.close();
  }
}

function* differences(sent: Map<string, number>, assignments: readonly Assignment[]): Generator<PlanLine> {
  const present = new Set(assignments.map((assignment) => assignment.id));
  for (const id of [...sent.keys()].filter((known) => !present.has(known))) {
    sent.delete(id);
    yield { type: 'del', id };
  }
  for (const assignment of assignments) {
    if (sent.get(assignment.id) === assignment.revision) continue;
    sent.set(assignment.id, assignment.revision);
    yield { type: 'put', assignment };
  }
}

/** Waits for a change or a time-out; a change that comes while nobody waits is not lost. */
function doorbell(onChange: PlanStreamSources['onChange'], signal: AbortSignal) {
  let rung = false;
  let wake: (() => void) | null = null;
  const ring = (): void => {
    rung = true;
    wake?.();
  };
  const off = onChange(ring);
  signal.addEventListener('abort', ring, { once: true });
  return {
    async rings(timeoutMs: number): Promise<boolean> {
      if (!rung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, timeoutMs);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        wake = null;
      }
      const was = rung;
      rung = false;
      return was;
    },
    close: off,
  };
}
