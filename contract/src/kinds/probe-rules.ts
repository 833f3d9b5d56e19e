import { parseDurationMs } from '../duration/duration.ts';
import { LATER_PROBES, PROBE_NAMES, PROBES, type ProbeName } from '../probes/catalogue.ts';
import type { Probe } from '../probes/probe.ts';
import { celText } from './cel.ts';
import { destinationKind, effectiveProbes, intervalMs, probeKind } from './effective.ts';
import { at, type Cel, type Rule, repeated } from './rule.ts';
import { INTERVAL_CEL, isDurationCel } from './schedule-rules.ts';
import type { ProbeEntry, StreamTestSpec } from './stream-test.ts';

const ALL_KINDS = [...PROBE_NAMES, ...LATER_PROBES] as const;
const MEASURES = Object.entries(PROBES) as readonly [ProbeName, Probe][];

const kindsOf = (entry: ProbeEntry): string[] => ALL_KINDS.filter((kind) => entry[kind] !== undefined);
const identity = (entry: ProbeEntry): string => entry.name ?? kindsOf(entry)[0] ?? '';

// The same in CEL, for an entry `p` of the list.
const identityCel = (p: string): string =>
  `(has(${p}.name) ? ${p}.name : ${ALL_KINDS.reduceRight((rest, kind) => `has(${p}.${kind}) ? ${celText(kind)} : ${rest}`, "''")})`;

/** Kept where of no entry `p` one of these is true, each a pair of kind and CEL; the refusal names one such kind. */
const noProbe = (broken: readonly (readonly [kind: ProbeName, cel: string])[]): Cel => ({
  rule: `!self.probes.exists(p, ${broken.map(([, cel]) => cel).join(' || ')})`,
  field: 'probes',
  // Not by filter(): what comes out of it has no bound where the API server adds up costs.
  culprit: broken.reduceRight(
    (rest, [kind, cel]) => `self.probes.exists(p, ${cel}) ? ${celText(kind)} : ${rest}`,
    "'probes'",
  ),
});

const namesNobody = 'has(p.destinations) && !p.destinations.all(n, self.destinations.exists(d, d.name == n))';

const everyIsShort = MEASURES.map(
  ([kind]) =>
    [
      kind,
      `(has(p.${kind}) && has(p.${kind}.every) && ${isDurationCel(`p.${kind}.every`)} && duration(p.${kind}.every) < ${INTERVAL_CEL})`,
    ] as const,
);

const slotIsLong = MEASURES.flatMap(([kind, { slotFitsCel, ownPeriodMs }]) => {
  if (slotFitsCel === null) return [];
  const options = `p.${kind}`;
  const hasEvery = `has(${options}.every) && ${isDurationCel(`${options}.every`)}`;
  const every = `duration(${options}.every)`;
  const readable = `(!has(${options}.timeout) || ${isDurationCel(`${options}.timeout`)})`;
  // Its own period fits every slot.
  const where = ownPeriodMs === undefined ? `has(${options})` : `has(${options}) && ${hasEvery}`;
  const period = ownPeriodMs === undefined ? `(${hasEvery} ? ${every} : ${INTERVAL_CEL})` : every;
  return [[kind, `(${where} && ${readable} && !(${slotFitsCel(options, period)}))`] as const];
});

/** Kinds of probes by the kinds of destinations that they apply to: each list of destinations is gone through once. */
const kindsByPlaces = Map.groupBy(
  MEASURES.filter(([, probe]) => !probe.perAgent),
  ([, probe]) =>
    Object.entries(probe.destinations)
      .filter(([, answer]) => answer.applies)
      .map(([destination]) => `has(d.${destination})`)
      .join(' || '),
);

const appliesNowhere = [...kindsByPlaces]
  .map(([places, kinds]) => {
    const isOne = kinds.map(([kind]) => `has(p.${kind})`).join(' || ');
    return `((${isOne}) && !self.destinations.exists(d, (${places}) && (!has(p.destinations) || d.name in p.destinations)))`;
  })
  .join(' || ');

const whatDoesNot = MEASURES.filter(([, probe]) => !probe.perAgent)
  .flatMap(([kind, probe]) =>
    Object.entries(probe.destinations).flatMap(([destination, answer]) =>
      answer.applies ? [] : [`${kind} does not apply to ${destination}`],
    ),
  )
  .join(', ');

export const PROBE_RULES: readonly Rule[] = [
  {
    name: 'one-probe-kind',
    message: `set exactly one kind of probe an entry, and write {} when it has no options, as in icmp: {}; kinds: ${PROBE_NAMES.join(', ')}`,
    where: 'probes[]',
    cel: { rule: `[${ALL_KINDS.map((kind) => `has(self.${kind})`).join(', ')}].filter(x, x).size() == 1` },
    check: (spec) =>
      (spec.probes ?? []).flatMap((entry, i) => at(`probes[${i}]`, kindsOf(entry).length !== 1)),
  },
  {
    name: 'probe-names',
    message: 'two probes of one kind need different names: set name on each',
    where: '',
    cel: {
      rule: `self.probes.all(p, self.probes.exists_one(q, ${identityCel('q')} == ${identityCel('p')}))`,
      field: 'probes',
    },
    check: (spec) => repeated((spec.probes ?? []).map(identity)).map((i) => `probes[${i}].name`),
  },
  {
    name: 'probe-destinations',
    message: 'destinations must each be the name of a destination of this test',
    where: '',
    // Without the kind: to ask for each of them would cost more than the API server allows.
    cel: { rule: `!self.probes.exists(p, ${namesNobody})`, field: 'probes' },
    check: (spec) =>
      (spec.probes ?? []).flatMap((entry, i) =>
        (entry.destinations ?? []).flatMap((wanted, j) =>
          at(
            `probes[${i}].destinations[${j}]`,
            !spec.destinations.some((destination) => destination.name === wanted),
          ),
        ),
      ),
  },
  {
    name: 'every-at-least-interval',
    message: 'every must be at least the interval of the test',
    where: '',
    cel: noProbe(everyIsShort),
    check: (spec) =>
      (spec.probes ?? []).flatMap((entry, i) => {
        const kind = probeKind(entry);
        const options: Readonly<Record<string, unknown>> = (kind && entry[kind]) ?? {};
        const every = typeof options['every'] === 'string' ? parseDurationMs(options['every']) : null;
        return at(`probes[${i}].${kind}.every`, every !== null && every < intervalMs(spec));
      }),
  },
  {
    name: 'slot-fits-period',
    message:
      'count, spacing and timeout of one slot must fit into its interval: lower count or timeout, or set a longer interval or every',
    where: '',
    cel: noProbe(slotIsLong),
    check: slotsThatDoNotFit,
  },
  {
    name: 'http-one-body',
    message: 'set at most one of body, uploadBytes',
    where: 'probes[]',
    cel: { rule: '!has(self.http) || !has(self.http.body) || !has(self.http.uploadBytes)', field: 'http' },
    check: (spec) =>
      (spec.probes ?? []).flatMap(({ http }, i) =>
        at(`probes[${i}].http`, http?.['body'] !== undefined && http['uploadBytes'] !== undefined),
      ),
  },
  {
    name: 'something-applies',
    message: `at least one probe must apply to a destination of this test (${whatDoesNot})`,
    where: '',
    cel: { rule: `size(self.probes) == 0 || self.probes.exists(p, !(${appliesNowhere}))`, field: 'probes' },
    check: (spec) => at('probes', spec.probes?.every((entry) => !mayApply(entry, spec)) ?? false),
  },
];

function slotsThatDoNotFit(spec: StreamTestSpec): string[] {
  if (spec.probes === undefined) return [];
  return spec.probes.flatMap((entry, i) => {
    const [probe] = effectiveProbes({ ...spec, probes: [entry] });
    if (probe === undefined) return [];
    const budgetMs = PROBES[probe.kind].slotBudgetMs(probe.options, probe.periodMs);
    return at(`probes[${i}].${probe.kind}`, budgetMs > probe.periodMs);
  });
}

/** An entry of a kind that this version does not know may apply: that it is not built is said elsewhere. */
function mayApply(entry: ProbeEntry, spec: StreamTestSpec): boolean {
  const kind = probeKind(entry);
  if (kind === undefined) return true;
  const probe: Probe = PROBES[kind];
  if (probe.perAgent) return true;
  return spec.destinations.some(
    (destination) =>
      (entry.destinations?.includes(destination.name) ?? true) &&
      probe.destinations[destinationKind(destination)].applies,
  );
}
