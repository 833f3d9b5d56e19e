'use client';

import type { PathChanges, Trace, TraceTimeline } from '@streamswarm/contract/wire/traces';
import type { Paths } from '@streamswarm/contract/wire/views';
import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { keyOf, withParameters } from '../url/query-string.ts';
import { type Range, rangeParameters } from '../url/range.ts';
import { POLL_MS, useLive } from './live-query.ts';
import { isMissing, type TestName, testPath } from './queries.ts';
import { getJson } from './request.ts';

const MOST_POLL_MS = 30_000;

export interface PathsWish {
  readonly range: Range;
  readonly probe: string;
  readonly agent: string | null;
  readonly destination: string | null;
  readonly enabled?: boolean;
}

/** The distinct paths that a trace probe of a test saw in a time. */
export function useTestPaths(name: TestName, wish: PathsWish): UseQueryResult<Paths> {
  const { range, enabled = true, ...rest } = wish;
  const path = withParameters(`${testPath(name)}/paths`, { ...rangeParameters(range), ...rest });
  return useLive(['results', keyOf(name), 'paths'], path, { enabled });
}

/** One stream of traces. */
export interface TraceStream {
  readonly probe: string;
  readonly agent: string;
  readonly destination: string;
}

/** The traces of a stream one by one: read again by their own period, because most hints are of other probes. */
export function useTimeline(
  name: TestName,
  stream: TraceStream,
  { range, periodMs }: { readonly range: Range; readonly periodMs: number },
): UseQueryResult<TraceTimeline> {
  const path = withParameters(`${testPath(name)}/paths/timeline`, { ...rangeParameters(range), ...stream });
  return useLive(['traces', keyOf(name)], path, { pollMs: Math.min(MOST_POLL_MS, periodMs / 4) });
}

const CHANGES_POLL_MS = 60_000;

export interface ChangesWish {
  readonly range: Range;
  /** NAMESPACE/NAME; absent: all tests. */
  readonly test?: string;
  readonly probe?: string;
  readonly destination?: string;
  readonly enabled?: boolean;
}

/** Streams of traces whose path changed: read as often as traces are taken. */
export function usePathChanges({ range, enabled = true, ...wish }: ChangesWish): UseQueryResult<PathChanges> {
  const path = withParameters('/api/v1/path-changes', { ...rangeParameters(range), ...wish });
  return useLive(['traces', wish.test ?? null, 'changes'], path, { pollMs: CHANGES_POLL_MS, enabled });
}

/** One trace with its hops; `at` is when it was due, null asks for none. */
export function useTrace(name: TestName, stream: TraceStream, at: string | null): UseQueryResult<Trace> {
  const path = withParameters(`${testPath(name)}/paths/trace`, { ...stream, at });
  return useQuery({
    queryKey: ['traces', keyOf(name), path],
    queryFn: ({ signal }) => getJson<Trace>(path, signal),
    placeholderData: keepPreviousData,
    enabled: at !== null,
    // What was measured does not change any more; only what could not be read is read again.
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: ({ state }) => (state.status === 'error' && !isMissing(state.error) ? POLL_MS : false),
  });
}
