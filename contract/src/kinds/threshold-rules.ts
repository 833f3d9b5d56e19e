import { PROBE_NAMES, PROBES, type ProbeName } from '../probes/catalogue.ts';
import { celList } from './cel.ts';
import { probeKind } from './effective.ts';
import { hasLimits } from './limits.ts';
import { at, type Rule } from './rule.ts';
import { DEFAULT_PROBES } from './stream-test.ts';

const metricsOf = (kind: ProbeName): string[] =>
  PROBES[kind].metrics.filter(hasLimits).map((metric) => `${kind}.${metric.name}`);

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
];
