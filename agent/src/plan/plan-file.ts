import { join } from 'node:path';
import { writeDurably } from '../state/durable-file.ts';
import { readJsonFile } from '../state/json-file.ts';
import { isPlannedSpan } from './parse-plan-line.ts';
import type { KnownSpan, Plan } from './plan.ts';

const path = (stateDir: string): string => join(stateDir, 'plan.json');

/** The last good plan, or null where none was kept or its file is no plan (the operator sends it again). */
export async function readPlanFile(stateDir: string): Promise<Plan | null> {
  const stored = await readJsonFile(path(stateDir));
  if (stored === null) return null;
  const { generation, revision, spans } = stored;
  if (!Number.isSafeInteger(generation) || !Number.isSafeInteger(revision) || !Array.isArray(spans))
    return null;
  if (!spans.every(isKnownSpan)) return null;
  return {
    generation: generation as number,
    revision: revision as number,
    spans: new Map(spans.map((known) => [known.planned.span, known])),
  };
}

export function writePlanFile(stateDir: string, plan: Plan): Promise<void> {
  return writeDurably(path(stateDir), JSON.stringify({ ...plan, spans: [...plan.spans.values()] }));
}

function isKnownSpan(value: unknown): value is KnownSpan {
  if (typeof value !== 'object' || value === null) return false;
  const { planned, assignment, since, listed } = value as Record<string, unknown>;
  return (
    isPlannedSpan(planned) &&
    typeof assignment === 'string' &&
    Number.isSafeInteger(since) &&
    typeof listed === 'boolean'
  );
}
