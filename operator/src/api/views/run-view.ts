import type { Run } from '@streamswarm/contract';
import type { RunRecord } from '../../domain/runs/run.ts';
import { iso, isoOrNull } from '../window/window.ts';

export function runView(run: RunRecord, nowMs: number): Run {
  return {
    id: run.id,
    number: run.number,
    reason: run.reason,
    startTime: iso(run.startMs),
    endTime: isoOrNull(run.endMs ?? run.plannedEndMs),
    result: run.result,
    progressRatio: progressRatio(run, nowMs),
  };
}

function progressRatio({ startMs, plannedEndMs, endMs }: RunRecord, nowMs: number): number | null {
  if (plannedEndMs === null) return null;
  const done = ((endMs ?? nowMs) - startMs) / Math.max(1, plannedEndMs - startMs);
  return Math.min(1, Math.max(0, done));
}
