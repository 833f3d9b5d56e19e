import { PROBE_NAMES, PROBES, type ProbeName } from '../probes/catalogue.ts';
import { celList, celMatches } from './cel.ts';
import { probeKind } from './effective.ts';
import { hasLimits } from './limits.ts';
import { at, type Rule } from './rule.ts';
import { DEFAULT_PROBES } from './stream-test.ts';

const metricsOf = (kind: ProbeName): string[] =>
  PROBES[kind].metrics.filter(hasLimits).map((metric) => `${kind}.${metric.name}`);

const OF_A_TIME = '(ns|us|ms|s|m|h)$';
const OF_A_RATIO = '%$';
const OF_ALL_ELSE = '[0-9kMGT]$';

function unitOf(metric: string): string {
  if (metric.endsWith('_seconds')) return OF_A_TIME;
  return metric.endsWith('_ratio') ? OF_A_RATIO : OF_ALL_ELSE;
}

/** The bound has the unit of its metric, which the metric's name says: 50 what would be a guess. */
function unitRule(side: 'above' | 'below'): Rule {
  const bound = `self.${side}`;
  const time = `self.metric.endsWith('_seconds') ? ${celMatches(bound, OF_A_TIME)}`;
  const ratio = `self.metric.endsWith('_ratio') ? ${celMatches(bound, OF_A_RATIO)}`;
  return {
    name: `threshold-unit-${side}`,
    message:
      'must be a number with the unit of the metric, in quotes: 50ms for a time, 1% for a ratio, 3 or 100M for all else',
    where: 'thresholds[]',
    cel: {
      rule: `!has(${bound}) || (${time} : ${ratio} : ${celMatches(bound, OF_ALL_ELSE)})`,
      field: side,
    },
    check: (spec) =>
      (spec.thresholds ?? []).flatMap(({ metric, [side]: value }, i) =>
        at(`thresholds[${i}].${side}`, value !== undefined && !new RegExp(unitOf(metric)).test(value)),
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
