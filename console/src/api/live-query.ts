'use client';

import {
  keepPreviousData,
  type UseQueryOptions,
  type UseQueryResult,
  useQueries,
  useQuery,
} from '@tanstack/react-query';
import { useConnection } from './connection.ts';
import type { QueryKey } from './keys.ts';
import { getJson } from './request.ts';

export const POLL_MS = 5_000;

interface LiveOptions<T> {
  readonly pollMs?: number;
  readonly enabled?: boolean;
  /** Where one answer is not enough. */
  readonly read?: (signal: AbortSignal) => Promise<T>;
}

/** A query that hints keep fresh; where the event stream is down it is read again every `pollMs`. */
export function useLive<T>(key: QueryKey, path: string, options: LiveOptions<T> = {}): UseQueryResult<T> {
  const { paused } = useConnection();
  return useQuery(liveQuery(key, path, { ...options, paused }));
}

/** The same for as many as a screen shows. */
export function useAllLive<T>(
  queries: readonly { readonly key: QueryKey; readonly path: string; readonly enabled?: boolean }[],
): UseQueryResult<T>[] {
  const { paused } = useConnection();
  return useQueries({
    queries: queries.map(({ key, path, enabled = true }) => liveQuery<T>(key, path, { enabled, paused })),
  });
}

function liveQuery<T>(
  key: QueryKey,
  path: string,
  options: LiveOptions<T> & { readonly paused: boolean },
): UseQueryOptions<T> {
  const { read, pollMs = 0, enabled = true, paused } = options;
  return {
    queryKey: [...key, path],
    queryFn: ({ signal }) => read?.(signal) ?? getJson<T>(path, signal),
    placeholderData: keepPreviousData,
    refetchInterval: paused ? false : Math.max(POLL_MS, pollMs),
    enabled,
  };
}
