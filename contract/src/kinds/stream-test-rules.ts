import { parseDurationMs } from '../duration/duration.ts';
import { PROBE_NAMES, PROBES } from '../probes/catalogue.ts';
import {
  DEFAULT_INTERVAL,
  DEFAULT_PROBES,
  durationMs,
  effectiveProbes,
  intervalMs,
  probeKind,
  probePairs,
} from './effective.ts';
import type { Problem } from './problem.ts';
import type { StreamTestSpec } from './stream-test.ts';

/**
 * A rule that no schema can say. `check` gets a spec that fits the schema and gives the paths (below `spec`)
 * at which the rule is broken.
 */
export interface Rule {
  readonly name: string;
  readonly message: string;
  check(spec: StreamTestSpec): string[];
}

const rule = (name: string, message: string, check: (spec: StreamTestSpec) => string[]): Rule => ({
  name,
  message,
  check,
});
const at = (path: string, broken: boolean): string[] => (broken ? [path] : []);
const KINDS_OF_DESTINATION = ['host', 'url', 'service', 'agents'] as const;

export const RULES: readonly Rule[] = [
  rule('one-destination-kind', 'set exactly one of host, url, service, agents', (spec) =>
    spec.destinations.flatMap((destination, i) =>
      at(
        `destinations[${i}]`,
        KINDS_OF_DESTINATION.filter((kind) => destination[kind] !== undefined).length !== 1,
      ),
    ),
  ),
  rule('destination-names', 'each destination needs a name of its own', (spec) =>
    repeated(spec.destinations.map((destination) => destination.name)).map((i) => `destinations[${i}].name`),
  ),
  rule(
    'one-probe-kind',
    `set exactly one kind of probe an entry, and write {} when it has no options, as in icmp: {}; kinds: ${PROBE_NAMES.join(', ')}`,
    (spec) =>
      (spec.probes ?? []).flatMap((entry, i) =>
        at(`probes[${i}]`, PROBE_NAMES.filter((kind) => entry[kind] !== undefined).length !== 1),
      ),
  ),
  rule('probe-names', 'two probes of one kind need different names: set name on each', (spec) =>
    repeated((spec.probes ?? []).map((entry) => entry.name ?? probeKind(entry) ?? '')).map(
      (i) => `probes[${i}].name`,
    ),
  ),
  rule('probe-destinations', 'must be the name of a destination of this test', (spec) =>
    (spec.probes ?? []).flatMap((entry, i) =>
      (entry.destinations ?? []).flatMap((wanted, j) =>
        at(
          `probes[${i}].destinations[${j}]`,
          !spec.destinations.some((destination) => destination.name === wanted),
        ),
      ),
    ),
  ),
  rule('every-at-least-interval', 'must be at least the interval of the test', (spec) =>
    (spec.probes ?? []).flatMap((entry, i) => {
      const kind = probeKind(entry);
      const options: Readonly<Record<string, unknown>> = (kind && entry[kind]) ?? {};
      const every = typeof options['every'] === 'string' ? parseDurationMs(options['every']) : null;
      return at(`probes[${i}].${kind}.every`, every !== null && every < intervalMs(spec));
    }),
  ),
  rule(
    'slot-fits-period',
    'count, spacing and timeout of one slot must fit into its interval: lower count or timeout, or set a longer interval or every',
    (spec) =>
      spec.probes === undefined
        ? []
        : effectiveProbes(spec).flatMap((probe, i) =>
            at(
              `probes[${i}].${probe.kind}`,
              PROBES[probe.kind].slotBudgetMs(probe.options, probe.periodMs) > probe.periodMs,
            ),
          ),
  ),
  rule('something-applies', 'no probe of this test applies to any of its destinations', (spec) =>
    at(
      'probes',
      probePairs(spec).every((pair) => !pair.applicability.applies),
    ),
  ),
  rule('one-schedule', 'set exactly one of startAt (one run) and cron (many runs)', (spec) =>
    at(
      'schedule',
      spec.schedule !== undefined &&
        (spec.schedule.startAt === undefined) === (spec.schedule.cron === undefined),
    ),
  ),
  rule(
    'duration-at-least-interval',
    `must be at least one interval (${DEFAULT_INTERVAL} unless set)`,
    (spec) => at('duration', (durationMs(spec) ?? Number.POSITIVE_INFINITY) < intervalMs(spec)),
  ),
  rule('ttl-needs-duration', 'needs a duration: a test without one never finishes', (spec) =>
    at('ttlAfterFinished', spec.ttlAfterFinished !== undefined && spec.duration === undefined),
  ),
  rule('cron-needs-duration', 'a test with schedule.cron needs a duration', (spec) =>
    at('duration', spec.schedule?.cron !== undefined && spec.duration === undefined),
  ),
  rule('threshold-side', 'set exactly one of above, below', (spec) =>
    (spec.thresholds ?? []).flatMap((limit, i) =>
      at(`thresholds[${i}]`, (limit.above === undefined) === (limit.below === undefined)),
    ),
  ),
  rule('threshold-metric', 'must be a metric of a probe of this test, such as icmp.rtt_p95_seconds', (spec) =>
    (spec.thresholds ?? []).flatMap((limit, i) => {
      const [kind, metric] = limit.metric.split('.');
      const known = (spec.probes ?? DEFAULT_PROBES).some(
        (entry) =>
          probeKind(entry) === kind &&
          entry &&
          PROBES[probeKind(entry) ?? 'icmp'].metrics.some((m) => m.name === metric),
      );
      return at(`thresholds[${i}].metric`, !known);
    }),
  ),
];

/**
 * Parts of the shape whose machinery is not built yet. They are refused with the reason, never ignored; each
 * leaves this list with the release that brings it.
 */
export const NOT_YET: readonly Rule[] = [
  later('destinations of kind service need a cluster', (spec) =>
    spec.destinations.flatMap((d, i) => at(`destinations[${i}].service`, d.service !== undefined)),
  ),
  later('destinations of kind agents (mesh) need agents on other hosts', (spec) =>
    spec.destinations.flatMap((d, i) => at(`destinations[${i}].agents`, d.agents !== undefined)),
  ),
  later('cron schedules', (spec) => at('schedule.cron', spec.schedule?.cron !== undefined)),
  later('choosing nodes needs a cluster', (spec) => [
    ...at('sources.nodeSelector', spec.sources?.nodeSelector !== undefined),
    ...at('sources.nodes', spec.sources?.nodes !== undefined),
  ]),
  later('limits', (spec) => at('thresholds', spec.thresholds !== undefined && spec.thresholds.length > 0)),
  later('deleting finished tests by themselves', (spec) =>
    at('ttlAfterFinished', spec.ttlAfterFinished !== undefined),
  ),
];

function later(what: string, check: Rule['check']): Rule {
  return { name: 'not-yet', message: `not supported by this version yet: ${what}; remove it for now`, check };
}

function repeated(names: readonly string[]): number[] {
  return names.flatMap((name, i) => (names.indexOf(name) < i ? [i] : []));
}

export function ruleProblems(spec: StreamTestSpec): Problem[] {
  const broken = (rules: readonly Rule[]): Problem[] =>
    rules.flatMap((r) =>
      r.check(spec).map((path) => ({ path: `spec.${path}`, message: r.message, rule: r.name })),
    );
  const problems = broken(RULES);
  // What is wrong in itself comes first: "not yet" on top of it would only distract.
  return problems.length > 0 ? problems : broken(NOT_YET);
}
