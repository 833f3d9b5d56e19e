import type { TestState } from '@streamswarm/contract';
import type { RunRecord } from '../../domain/runs/run.ts';
import type { PlanStanding } from '../../domain/status/standing.ts';
import type { StoredTest } from '../../stream-tests/stream-test-store.ts';
import type { ApiServices } from '../services.ts';
import { stateOf } from './test-summary.ts';

/** All by UID. */
export interface TestStates {
  /** The last run of each. */
  readonly runs: ReadonlyMap<string, readonly RunRecord[]>;
  readonly standings: ReadonlyMap<string, PlanStanding>;
  readonly states: ReadonlyMap<string, TestState>;
}

/** The state of every test of a list, with what it follows from. */
export async function readStates(
  { reads }: Pick<ApiServices, 'reads'>,
  tests: readonly StoredTest[],
  nowMs: number,
): Promise<TestStates> {
  const uids = tests.map((test) => test.uid);
  const [runs, standings] = await Promise.all([reads.runs(uids, 1), reads.standings(uids)]);
  const states = tests.map((test) => {
    const facts = { runs: runs.get(test.uid) ?? [], standing: standings.get(test.uid) };
    return [test.uid, stateOf(test, facts, nowMs).state] as const;
  });
  return { runs, standings, states: new Map(states) };
}
