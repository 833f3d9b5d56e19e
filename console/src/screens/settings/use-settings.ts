'use client';

import type { WhoAmI } from '@streamswarm/contract/wire/access';
import {
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { getJson, send } from '../../api/request.ts';

/** Who looks at this. */
export function useWhoAmI(): UseQueryResult<WhoAmI> {
  return useSetting<WhoAmI>('/api/v1/login');
}

export function useSetting<T>(path: string): UseQueryResult<T> {
  return useQuery({ queryKey: ['settings', null, path], queryFn: ({ signal }) => getJson<T>(path, signal) });
}

const POLL_MS = 2_000;

/** As useSetting, for what changes while somebody waits for it. */
export function usePolledSetting<T>(path: string): UseQueryResult<T> {
  return useQuery({
    queryKey: ['settings', null, path],
    queryFn: ({ signal }) => getJson<T>(path, signal),
    refetchInterval: POLL_MS,
  });
}

export interface Change {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
}

/** Changes something, and reads all settings again. */
export function useChange<T = unknown>(): UseMutationResult<T, Error, Change> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ method, path, body }: Change) => send<T>(method, path, body === undefined ? {} : { body }),
    onSettled: () => client.invalidateQueries({ queryKey: ['settings'] }),
  });
}
