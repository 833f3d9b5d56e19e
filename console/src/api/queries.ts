'use client';

import type { Accounting } from '@streamswarm/contract/wire/books';
import type { FindingList } from '@streamswarm/contract/wire/findings';
import type { Machine } from '@streamswarm/contract/wire/machine';
import type { Matrix } from '@streamswarm/contract/wire/matrix';
import type { SlowPhases } from '@streamswarm/contract/wire/phases';
import type { SubmittedList } from '@streamswarm/contract/wire/submitted';
import type {
  AgentView,
  Catalogue,
  EventList,
  Fleet,
  Results,
  TestDetail,
  TestList,
} from '@streamswarm/contract/wire/views';
import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { settleDefaultRange } from '../url/default-range.ts';
import { keyOf, withParameters } from '../url/query-string.ts';
import { type Range, rangeParameters, rangeWindow } from '../url/range.ts';
import { useRange } from '../url/use-query-state.ts';
import { report, useConnection } from './connection.ts';
import type { QueryKey } from './keys.ts';
import { POLL_MS, useAllLive, useLive } from './live-query.ts';
import { getJson, RequestError } from './request.ts';

/** One request more or less moves little of it. */
const SLOW_PHASES_POLL_MS = 15_000;

export function useFleet(range: Range): UseQueryResult<Fleet> {
  const path = withParameters('/api/v1/fleet', rangeParameters(range));
  const { paused } = useConnection();
  return useQuery({
    queryKey: ['fleet', null, path],
    queryFn: async ({ signal }) => {
      const fleet = await getJson<Fleet>(path, signal);
      report({ type: 'clock', offsetMs: Date.parse(fleet.now) - Date.now() });
      settleDefaultRange(Date.parse(fleet.now) - Date.parse(fleet.startedAt));
      return fleet;
    },
    placeholderData: keepPreviousData,
    refetchInterval: paused ? false : POLL_MS,
  });
}

/** How many tests a list holds; a longer one says so. */
const LIST_LIMIT = 500;

export function useTests(range: Range): UseQueryResult<TestList> {
  const parameters = { ...rangeParameters(range), limit: LIST_LIMIT };
  return useLive(['tests', null], withParameters('/api/v1/tests', parameters));
}

export function useTest(name: TestName, range: Range): UseQueryResult<TestDetail> {
  return useLive(['test', keyOf(name)], withParameters(testPath(name), rangeParameters(range)));
}

/** In the order of the names. */
export function useTestsNamed(names: readonly TestName[], range: Range): UseQueryResult<TestDetail>[] {
  return useAllLive(
    names.map((name) => ({
      key: ['test', keyOf(name)],
      path: withParameters(testPath(name), rangeParameters(range)),
    })),
  );
}

export interface TestName {
  readonly namespace: string;
  readonly name: string;
}

export interface ResultsWish {
  readonly range: Range;
  readonly probe: string;
  readonly metric?: string | null;
  readonly destination?: string | null;
  readonly agent?: string | null;
  /** Names of agents that are left out. */
  readonly without?: readonly string[];
  /** `stream`: each agent towards each destination, in a mesh towards each far agent. */
  readonly by?: 'none' | 'agent' | 'destination' | 'stream';
  /** Points that can be drawn. */
  readonly width?: number;
  /** The whole time as one step. */
  readonly whole?: boolean;
  readonly enabled?: boolean;
}

export function useTestResults(name: TestName, wish: ResultsWish): UseQueryResult<Results> {
  return useResults(keyOf(name), `${testPath(name)}/results`, wish);
}

/** Results of several tests; a test without a probe is asked for none. In the order of the tests. */
export function useResultsOf(
  tests: readonly { readonly name: TestName; readonly probe: string | null }[],
  wish: Omit<ResultsWish, 'probe' | 'enabled'>,
): UseQueryResult<Results>[] {
  return useAllLive(
    tests.map(({ name, probe }) => ({
      key: ['results', keyOf(name)],
      path: resultsPath(`${testPath(name)}/results`, { ...wish, probe: probe ?? '' }),
      enabled: probe !== null,
    })),
  );
}

/** Whether the operator answered that there is no such thing: to ask again would not help. */
export function isMissing(error: Error | null): boolean {
  return error instanceof RequestError && error.status === 404;
}

/** Over all tests. */
export function useAllResults(wish: ResultsWish): UseQueryResult<Results> {
  return useResults(null, '/api/v1/results', wish);
}

function useResults(key: string | null, path: string, wish: ResultsWish): UseQueryResult<Results> {
  return useLive(['results', key], resultsPath(path, wish), { enabled: wish.enabled ?? true });
}

/** The whole of a probe and its phases, each an answer of its own: too many to read them again with every batch. */
export function usePhaseResults(
  name: TestName,
  { total, parts }: { readonly total: string; readonly parts: readonly string[] },
  wish: ResultsWish & { readonly width: number },
): UseQueryResult<{ total: Results; parts: Results[] }> {
  const path = (metric: string): string => resultsPath(`${testPath(name)}/results`, { ...wish, metric });
  const { fromMs, toMs } = rangeWindow(wish.range, 0);
  return useLive(['phases', keyOf(name)], path(total), {
    enabled: wish.enabled ?? true,
    // Until the next step there is little to see.
    pollMs: (toMs - fromMs) / wish.width,
    read: async (signal) => {
      const [whole, ...rest] = await Promise.all([
        getJson<Results>(path(total), signal),
        ...parts.map((part) => getJson<Results>(path(part), signal)),
      ]);
      return { total: whole, parts: rest };
    },
  });
}

/** Where the slow requests of each agent spend their time. */
export function useSlowPhases(
  name: TestName,
  wish: {
    readonly range: Range;
    readonly probe: string;
    readonly destination: string | null;
    readonly without: readonly string[];
  },
): UseQueryResult<SlowPhases> {
  const { range, without, ...rest } = wish;
  const path = withParameters(`${testPath(name)}/phases`, {
    ...rangeParameters(range),
    ...rest,
    without: without.join(','),
  });
  return useLive(['phases', keyOf(name)], path, { pollMs: SLOW_PHASES_POLL_MS });
}

function resultsPath(path: string, wish: ResultsWish): string {
  const { range, probe, metric, agent, without, destination, by, width, whole } = wish;
  // Always in this order: panels that want the same share one answer.
  return withParameters(path, {
    ...rangeParameters(range),
    probe,
    metric,
    agent,
    without: without?.join(','),
    destination,
    by,
    width,
    whole: whole === true ? 'true' : null,
  });
}

/** Every source of a test against every destination, each over the whole range. */
export function useMatrix(
  name: TestName | null,
  wish: { readonly range: Range; readonly probe: string | null; readonly metric: string | null },
): UseQueryResult<Matrix> {
  const { range, probe, metric } = wish;
  const key = name === null ? null : keyOf(name);
  const path = withParameters('/api/v1/matrix', { ...rangeParameters(range), test: key, probe, metric });
  return useLive(['results', key], path, { enabled: name !== null });
}

/** Whose slots are counted; null and absent: of all. */
export interface BooksFilter extends Partial<TestName> {
  readonly agent?: string | null;
  readonly probe?: string | null;
  /** Of a mesh `name/far agent`. */
  readonly destination?: string | null;
}

export function useAccounting(range: Range | null, filter: BooksFilter = {}): UseQueryResult<Accounting> {
  const { key, path } = booksQuery(range, filter);
  return useLive(key, path);
}

/** The books of the probes by which some tests are looked at. */
export function useBooksOf(
  tests: readonly { readonly name: TestName; readonly probe: string | null }[],
  range: Range,
): UseQueryResult<Accounting>[] {
  return useAllLive(tests.map(({ name, probe }) => booksQuery(range, { ...name, probe })));
}

function booksQuery(range: Range | null, filter: BooksFilter): { key: QueryKey; path: string } {
  const { namespace, name, ...rest } = filter;
  const test = namespace !== undefined && name !== undefined ? `${namespace}/${name}` : null;
  const window = range === null ? {} : rangeParameters(range);
  return {
    key: ['accounting', test],
    path: withParameters('/api/v1/accounting', { ...window, namespace, test: name, ...rest }),
  };
}

/** Agents that are there; with `gone`, those too whose node or host was taken away. */
export function useAgents({ gone = false } = {}): UseQueryResult<{ items: AgentView[] }> {
  return useLive(['agents', null], gone ? '/api/v1/agents?gone=true' : '/api/v1/agents');
}

export function useAgent(name: string): UseQueryResult<AgentView> {
  return useLive(['agents', null], agentPath(name));
}

const MACHINE_POLL_MS = 30_000;

/** The parts of the machine of an agent; told once a minute. */
export function useMachine(name: string): UseQueryResult<Machine> {
  return useLive(['machine', null], `${agentPath(name)}/machine`, { pollMs: MACHINE_POLL_MS });
}

/** Limits of tests that are broken now. */
export function useBrokenLimits(): UseQueryResult<FindingList> {
  return useLive(['findings', null], '/api/v1/findings?open=true');
}

/** Whether tests live in a Kubernetes cluster; null while that is not known. */
export function useKubernetes(): boolean | null {
  return useFleet(useRange()).data?.kubernetes ?? null;
}

export function useEvents(limit: number, name?: TestName): UseQueryResult<EventList> {
  const filter = name === undefined ? {} : { namespace: name.namespace, test: name.name };
  return useLive(
    ['events', name === undefined ? null : keyOf(name)],
    withParameters('/api/v1/events', { limit, ...filter }),
  );
}

const SUBMITTED_POLL_MS = 15_000;

/** No hint tells of what scripts submit. */
export function useSubmitted(name: TestName): UseQueryResult<SubmittedList> {
  const path = `${testPath(name)}/submitted`;
  return useLive(['test', keyOf(name)], path, { pollMs: SUBMITTED_POLL_MS });
}

export function useAgentEvents(limit: number, agent: string): UseQueryResult<EventList> {
  return useLive(['events', null], withParameters('/api/v1/events', { limit, agent }));
}

/** What happened to a test and to the agents that measure it, in a time. */
export function useTestEvents(limit: number, name: TestName, range: Range): UseQueryResult<EventList> {
  const parameters = { limit, agents: 'true', ...rangeParameters(range) };
  return useLive(['events', keyOf(name)], withParameters(`${testPath(name)}/events`, parameters));
}

export function useCatalogue(): UseQueryResult<Catalogue> {
  return useQuery({
    queryKey: ['catalogue'],
    queryFn: ({ signal }) => getJson<Catalogue>('/api/v1/catalogue', signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function testPath({ namespace, name }: TestName): string {
  return `/api/v1/tests/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}`;
}

export function agentPath(name: string): string {
  return `/api/v1/agents/${encodeURIComponent(name)}`;
}

/** The samples of a test as a file. */
export function exportPath(name: TestName, parameters: Readonly<Record<string, string | null>>): string {
  return withParameters(`${testPath(name)}/export`, parameters);
}
