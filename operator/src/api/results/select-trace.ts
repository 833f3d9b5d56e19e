import { effectiveProbes, type StreamTestSpec } from '@streamswarm/contract';
import type { StoredProbe } from '../../store/queries/tests/stored-probes.ts';
import { fieldProblem } from '../problems/api-problem.ts';
import { type ProbeChoice, selectProbe } from './select-metric.ts';

/** The trace probes that `probe=` means: that of the name, or each one. Throws unknown-probe for one of another kind. */
export function selectTraces(
  spec: StreamTestSpec,
  past: readonly StoredProbe[],
  wanted: string | undefined,
): ProbeChoice {
  if (wanted === undefined) return { kind: 'trace', probe: null };
  const choice = selectProbe(spec, past, wanted);
  if (choice.kind === 'trace') return choice;
  throw notATrace(`is a ${choice.kind} probe: only a trace probe sees paths`);
}

/** Name of the trace probe that `probe=` means: the first of the test where it is absent. */
export function selectTrace(
  spec: StreamTestSpec,
  past: readonly StoredProbe[],
  wanted: string | undefined,
): string {
  const named = selectTraces(spec, past, wanted).probe;
  const first = [...effectiveProbes(spec), ...past].find(({ kind }) => kind === 'trace')?.name;
  const probe = named ?? first;
  if (probe === undefined) throw notATrace('this test has none that traces');
  return probe;
}

function notATrace(message: string) {
  return fieldProblem('unknown-probe', 'probe', message, 'probe');
}
