import { type Accounting, type Balance, OUTCOMES, type TestSummary } from '@streamswarm/contract';
import type { RunRecord } from '../../domain/runs/run.ts';
import type { PlanStanding } from '../../domain/status/standing.ts';
import type { StoredTest } from '../../stream-tests/stream-test-store.ts';
import type { AccountingFilter, ApiServices } from '../services.ts';
import { fromFullMinute, type TimeWindow } from '../window/window.ts';
import { testSummary } from './test-summary.ts';

export const SPARKLINE_STEPS = 40;

export interface SummariesWish {
  readonly tests: readonly StoredTest[];
  readonly runs: ReadonlyMap<string, readonly RunRecord[]>;
  readonly standings: ReadonlyMap<string, PlanStanding>;
  readonly window: TimeWindow;
  readonly nowMs: number;
  /** Narrows the books where all tests are of one namespace, or are one test. */
  readonly filter: Pick<AccountingFilter, 'namespace' | 'test'>;
}

/** Summaries of tests: each kind of fact is one query for all of them. */
export async function readSummaries(
  { reads, books }: ApiServices,
  { tests, runs, standings, window, nowMs, filter }: SummariesWish,
): Promise<TestSummary[]> {
  if (tests.length === 0) return [];
  const uids = tests.map((test) => test.uid);
  const minutes = fromFullMinute(window);
  const rangeMs = minutes.toMs - minutes.fromMs;
  const steps = Math.max(1, Math.min(SPARKLINE_STEPS, Math.floor(rangeMs / 60_000)));
  const stepped = { ...minutes, stepMs: Math.ceil(rangeMs / steps) };
  const [agents, icmp, tcp, latest, accounting] = await Promise.all([
    reads.agentsOfTests(uids),
    reads.latency('icmp', uids, stepped),
    reads.latency('tcp', uids, stepped),
    reads.latestResults(uids),
    books.accounting({ ...filter, ...minutes }),
  ]);
  const balances = new Map(accounting.tests.map((line) => [`${line.namespace}/${line.test}`, line]));
  return tests.map((test) =>
    testSummary(
      test,
      {
        runs: runs.get(test.uid) ?? [],
        standing: standings.get(test.uid),
        agents: agents.get(test.uid),
        icmp: icmp.get(test.uid),
        tcp: tcp.get(test.uid),
        lastResultMs: latest.get(test.uid),
        books: balanceOf(balances.get(`${test.namespace}/${test.name}`)),
        steps,
      },
      nowMs,
    ),
  );
}

function balanceOf(line: Accounting['tests'][number] | undefined): Balance {
  const counts = OUTCOMES.map((outcome) => [outcome, line?.[outcome] ?? 0]);
  return { scheduled: line?.scheduled ?? 0, ...(Object.fromEntries(counts) as Omit<Balance, 'scheduled'>) };
}
