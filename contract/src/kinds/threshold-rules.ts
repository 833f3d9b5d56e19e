import { PROBE_NAMES, PROBES, type ProbeName } from '../probes/catalogue.ts';
import { celList, celMatches } from './cel.ts';
import { probeKind } from './effective.ts';
import { hasLimits } from './limits.ts';
import { at, type Rule } from './rule.ts';
import { DEFAULT_PROBES } from './stream-test.ts';

const metricsOf = (kind: ProbeName): string[] =>
  PROBES[kind].metrics.filter(hasLimits).map((metric) => `${kind}.${metric.name}`);

/** How a bound ends, by how the name of its metric does. */
const UNITS = [
  { metric: '_seconds', bound: '(ns|us|ms|s|m|h)$' },
  { metric: '_ratio', bound: '%$' },
] as const;
const WITHOUT_UNIT = '[0-9kMGT]$';

/** A bound has the unit of its metric, which the metric's name says: of what a bare 50 is would be a guess. */
function unitRule(side: 'above' | 'below'): Rule {
  const bound = `self.${side}`;
  const fits = UNITS.reduceRight(
    (rest, unit) => `self.metric.endsWith('${unit.metric}') ? ${celMatches(bound, unit.bound)} : ${rest}`,
    celMatches(bound, WITHOUT_UNIT),
  );
  const isOf = (metric: string, value: string): boolean => {
    const unit = UNITS.find((one) => metric.endsWith(one.metric));
    return new RegExp(unit?.bound ?? WITHOUT_UNIT).test(value);
  };
  return {
    name: `threshold-unit-${side}`,
    message:
      'must be a number with the unit of the metric, in quotes: 50ms for a time, 1% for a ratio, 3 or 100M for all else',
    where: 'thresholds[]',
    cel: { rule: `!has(${bound}) || (${fits})`, field: side },
    check: (spec) =>
      (spec.thresholds ?? []).flatMap(({ metric, [side]: value }, i) =>
        at(`thresholds[${i}].${side}`, value !== undefined && !isOf(metric, value)),
      ),
  };
}

export const THRESHOLD_RULES: readonly Rule[] = [
  {
    name: 'threshold-side',
    message: 'set exactly one of above, below',
    where: 'thresholds[]',
    cel: { rule: 'has(self.above) != has(self.below)' },
    check: (spec) =>
      (spec.thresholds ?? []).flatMap((limit, i) =>
        at(`thresholds[${i}]`, (limit.above === undefined) === (limit.below === undefined)),
      ),
  },
  {
    name: 'threshold-metric',
    message: 'metric must be a metric of a probe of this test that is a number, such as icmp.rtt_p95_seconds',
    where: '',
    cel: {
      rule: `!has(self.thresholds) || self.thresholds.all(t, self.probes.exists(p, ${PROBE_NAMES.map(
        (kind) => `(has(p.${kind}) && t.metric in ${celList(metricsOf(kind))})`,
      ).join(' || ')}))`,
      field: 'thresholds',
    },
    check: (spec) =>
      (spec.thresholds ?? []).flatMap((limit, i) => {
        const kinds = (spec.probes ?? DEFAULT_PROBES).flatMap((entry) => probeKind(entry) ?? []);
        return at(`thresholds[${i}].metric`, !kinds.some((kind) => metricsOf(kind).includes(limit.metric)));
      }),
  },
  unitRule('above'),
  unitRule('below'),
];
