import { formatCount, formatPercent, joined, metricQuantity } from '@streamswarm/contract/format/numbers';
import type { Accounting } from '@streamswarm/contract/wire/books';
import type { FindingView } from '@streamswarm/contract/wire/findings';
import type { AgentView, TestSummary } from '@streamswarm/contract/wire/views';
import { reasonsOf } from '../../books/books.ts';
import { reasonWords } from '../../components/outcomes/reason-words.ts';
import { asSentence } from '../../components/problems/advice.ts';
import { clockTime } from '../../format/time.ts';
import { agentHref } from '../../url/agent-href.ts';

/** Something that is wrong or limited now, with its evidence. */
export interface Finding {
  readonly id: string;
  readonly what: string;
  readonly detail: string;
  readonly where: string;
  /** ms since the epoch; null where it is not known. */
  readonly sinceMs: number | null;
  /** Whether it was counted in the books of the last minutes; else it is so now. */
  readonly counted: boolean;
  /** Streams or slots that it touches, for the order. */
  readonly weight: number;
  readonly amount: string;
  readonly severity: 'broken' | 'wrong' | 'refused' | 'limited';
  readonly href: string;
}

export interface FindingFacts {
  readonly tests: readonly TestSummary[];
  readonly agents: readonly AgentView[];
  /** Limits that are broken now. */
  readonly broken: readonly FindingView[];
  /** The books of the last minutes: what is in them counts as now. */
  readonly recent: Accounting;
}

type Line = Accounting['tests'][number];

/** What somebody has set a limit for comes first. */
const ORDER = { broken: 0, wrong: 1, refused: 2, limited: 3 } as const;
/** From this share of its slots on a test is wrong, below it limited: one lost answer is no alarm, and is not hidden. */
const WRONG_SHARE = 0.01;

/** What is wrong now, as far as it was measured: the worst kind first, then by what it touches. */
export function findings({ tests, agents, broken, recent }: FindingFacts): Finding[] {
  return [
    ...limits(broken),
    ...agents.filter((agent) => !agent.online).map(offline),
    ...tests.filter((test) => test.state === 'Failed').map(failed),
    ...tests.filter((test) => test.state !== 'Failed' && test.problems.length > 0).map(hindered),
    ...recent.tests.filter((line) => line.unaccounted > 0).map(nowhere),
    ...recent.tests.filter((line) => line.lost + line.error > 0).map(unanswered),
    ...recent.tests.filter((line) => line.dropped + line.denied > 0).map(unmeasured),
  ].sort((a, b) => ORDER[a.severity] - ORDER[b.severity] || b.weight - a.weight || (a.id < b.id ? -1 : 1));
}

/** One line for each limit, however many streams break it. */
function limits(broken: readonly FindingView[]): Finding[] {
  const groups = Map.groupBy(
    broken,
    ({ namespace, test, metric, side, bound }) => `${namespace}/${test} ${metric} ${side} ${bound}`,
  );
  return [...groups].flatMap(([id, streams]) => {
    const [first] = streams.toSorted((a, b) => Math.abs(b.value - b.bound) - Math.abs(a.value - a.bound));
    if (first === undefined) return [];
    const { namespace, test, metric, unit, side, bound, value, agent, destination } = first;
    const shown = (number: number): string => joined(metricQuantity(number, unit));
    const more = streams.length > 1 ? `, and ${formatCount(streams.length - 1)} more` : '';
    return [
      {
        id: `limit ${id}`,
        what: `${metric} ${side} ${shown(bound)}`,
        detail: `${shown(value)} from ${agent}${destination === '' ? '' : ` to ${destination}`}${more}`,
        where: `${namespace}/${test}`,
        sinceMs: Math.min(...streams.map(({ began }) => Date.parse(began))),
        counted: false,
        weight: streams.length,
        amount: `${formatCount(streams.length)} ${streams.length === 1 ? 'stream' : 'streams'}`,
        severity: 'broken',
        href: hrefOf(namespace, test),
      },
    ];
  });
}

function offline(agent: AgentView): Finding {
  const sinceMs = Date.parse(agent.lastSeen);
  return {
    id: `agent ${agent.name}`,
    what: `Agent ${agent.name} offline`,
    detail: `last contact ${clockTime(sinceMs)}, its samples stay pending until it returns`,
    where: '1 agent',
    sinceMs,
    counted: false,
    weight: agent.streams,
    amount: `${formatCount(agent.streams)} streams`,
    severity: 'wrong',
    href: agentHref(agent.name),
  };
}

function failed(test: TestSummary): Finding {
  const name = `${test.namespace}/${test.name}`;
  return {
    id: `test ${name}`,
    what: `Test ${name} failed`,
    detail: test.message ?? 'the operator gave no reason',
    where: name,
    sinceMs: null,
    counted: false,
    weight: 0,
    amount: '0 streams',
    severity: 'refused',
    href: hrefOf(test.namespace, test.name),
  };
}

function hindered(test: TestSummary): Finding {
  const name = `${test.namespace}/${test.name}`;
  const { problems, streams } = test;
  const first = problems.find((problem) => problem.stops) ?? problems[0];
  return {
    id: `problem ${name}`,
    what: `${first?.reason ?? 'Problem'} in ${name}`,
    detail: asSentence(first?.message ?? ''),
    where: name,
    sinceMs: null,
    counted: false,
    weight: 0,
    amount: `${formatCount(streams)} streams`,
    severity: 'limited',
    href: hrefOf(test.namespace, test.name),
  };
}

function nowhere(line: Line): Finding {
  return ofTest(line, {
    id: 'unaccounted',
    what: `${formatCount(line.unaccounted)} slots unaccounted`,
    detail: 'the agent vouched for them, but no answer is stored: a defect, or a spool that lost a batch',
    slots: line.unaccounted,
    severity: 'wrong',
  });
}

function unanswered(line: Line): Finding {
  const slots = line.lost + line.error;
  const ratio = slots / line.scheduled;
  const parts = [
    ...(line.lost > 0 ? [`${formatCount(line.lost)} lost`] : []),
    ...(line.error > 0 ? [`${formatCount(line.error)} in error${why(line, 'error')}`] : []),
  ];
  return ofTest(line, {
    id: 'unanswered',
    what: `No answer to ${formatPercent(ratio, 2)} of its slots`,
    detail: `${parts.join(', ')} of ${formatCount(line.scheduled)}`,
    slots,
    severity: ratio >= WRONG_SHARE ? 'wrong' : 'limited',
  });
}

function unmeasured(line: Line): Finding {
  const parts = [
    ...(line.dropped > 0 ? [`${formatCount(line.dropped)} dropped${why(line, 'dropped')}`] : []),
    ...(line.denied > 0 ? [`${formatCount(line.denied)} denied${why(line, 'denied')}`] : []),
  ];
  const slots = line.dropped + line.denied;
  return ofTest(line, {
    id: 'unmeasured',
    what: `${formatCount(slots)} slots not measured`,
    detail: `${parts.join(', ')} of ${formatCount(line.scheduled)}`,
    slots,
    severity: 'limited',
  });
}

function why(line: Line, outcome: 'error' | 'dropped' | 'denied'): string {
  const [first] = reasonsOf(line.reasons, outcome);
  return first === undefined ? '' : ` (${reasonWords(first.reason)})`;
}

interface OfTest extends Pick<Finding, 'id' | 'what' | 'detail' | 'severity'> {
  readonly slots: number;
}

function ofTest({ namespace, test }: Line, { id, slots, ...words }: OfTest): Finding {
  const name = `${namespace}/${test}`;
  return {
    ...words,
    id: `${id} ${name}`,
    where: name,
    sinceMs: null,
    counted: true,
    weight: slots,
    amount: `${formatCount(slots)} slots`,
    href: hrefOf(namespace, test),
  };
}

function hrefOf(namespace: string, name: string): string {
  return `/tests/view/?test=${namespace}/${name}`;
}
