import {
  effectiveProbes,
  findMetric,
  isProbeName,
  type Metric,
  PROBE_NAMES,
  PROBES,
  type ProbeName,
  type StreamTestSpec,
} from '@streamswarm/contract';
import type { StoredProbe } from '../../store/queries/tests/stored-probes.ts';
import { fieldProblem } from '../problems/api-problem.ts';

export interface ProbeChoice {
  readonly kind: ProbeName;
  /** Name in the test; null where every probe of the kind is meant. */
  readonly probe: string | null;
}

/**
 * The probe that `probe=` means in a test: its name there, else a kind; the test's first one where it is absent.
 * `past` are probes that the test once had: their results can still be read.
 */
export function selectProbe(
  spec: StreamTestSpec,
  past: readonly StoredProbe[],
  wanted: string | undefined,
): ProbeChoice {
  const present = effectiveProbes(spec);
  const first = present[0];
  if (wanted === undefined && first !== undefined) return { kind: first.kind, probe: first.name };
  const name = wanted ?? '';
  const known = [...present, ...past].find((probe) => probe.name === name);
  if (known !== undefined && isProbeName(known.kind)) return { kind: known.kind, probe: name };
  if (isProbeName(name)) return { kind: name, probe: null };
  const names = [...new Set([...present, ...past].map((probe) => probe.name))];
  throw fieldProblem(
    'unknown-probe',
    'probe',
    `must be a probe of this test (${names.join(', ')}) or a kind of probe (${PROBE_NAMES.join(', ')})`,
    'probe',
  );
}

export interface MetricChoice {
  /** What was asked for. */
  readonly asked: Metric;
  /** What it is computed from: the same, or the values that it is a statistic of. */
  readonly base: Metric;
}

/** The metric that `metric=` means: the headline of the probe where it is absent. */
export function selectMetric(kind: ProbeName, wanted: string | undefined): MetricChoice {
  const metrics = PROBES[kind].metrics.filter(isNumber);
  const asked = wanted === undefined ? headline(metrics) : metrics.find((metric) => metric.name === wanted);
  if (asked === undefined) {
    const why =
      wanted !== undefined && findMetric(kind, wanted) !== undefined
        ? 'is a word or a detail, not a number: it cannot be drawn; choose'
        : 'must be';
    throw fieldProblem(
      'unknown-metric',
      'metric',
      `${why} one of ${metrics.map((metric) => metric.name).join(', ')}`,
      'metric',
    );
  }
  return { asked, base: asked.of === undefined ? asked : (findMetric(kind, asked.of.metric) ?? asked) };
}

/** The distribution that a probe is about, else its first gauge. */
function headline(metrics: readonly Metric[]): Metric | undefined {
  return (
    metrics.find(({ kind }) => kind === 'samples' || kind === 'distribution') ??
    metrics.find(({ kind }) => kind === 'gauge')
  );
}

function isNumber(metric: Metric): boolean {
  return metric.kind !== 'state' && metric.kind !== 'detail';
}
