import { type Phases, PROBES, type Probe, type SlowPhases } from '@streamswarm/contract';
import type { Reads } from '../../store/queries/reads.ts';
import type { Selection } from '../../store/queries/results/selection.ts';
import { fieldProblem } from '../problems/api-problem.ts';
import { iso, isoOrNull, type TimeWindow } from '../window/window.ts';

export async function readPhases(
  reads: Reads,
  selection: Selection,
  window: TimeWindow,
): Promise<SlowPhases> {
  const phases = phasesOf(selection);
  const { oldestReadMs, agents } = await reads.slowPhases(selection, window, phases);
  return {
    probe: selection.probe ?? selection.kind,
    total: phases.total,
    from: iso(window.fromMs),
    to: iso(window.toMs),
    oldestRead: isoOrNull(oldestReadMs),
    agents: agents.map(({ parts, ...agent }) => ({
      ...agent,
      parts: phases.parts.map((metric, i) => ({ metric, seconds: parts[i] ?? null })),
    })),
  };
}

function phasesOf({ kind, probe }: Selection): Phases {
  const { phases }: Probe = PROBES[kind];
  if (phases !== undefined) return phases;
  const name = probe ?? kind;
  const known = Object.values(PROBES as Record<string, Probe>).filter((each) => each.phases !== undefined);
  const kinds = known.map((each) => each.name).join(', ');
  throw fieldProblem('unknown-probe', 'probe', `${name} has no phases: choose one of kind ${kinds}`, 'probe');
}
