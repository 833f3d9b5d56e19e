'use client';

import type { TestDetail } from '@streamswarm/contract/wire/views';
import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query';
import { keyOf } from '../url/query-string.ts';
import { agentPath, type TestName, testPath } from './queries.ts';
import { send } from './request.ts';

export type Action = 'start' | 'stop' | 'suspend' | 'resume' | 'delete';

export interface ActionWish {
  readonly action: Action;
  readonly tests: readonly TestName[];
}

/** Does one thing to some tests, one after the other; the first refusal ends it and is the error. */
export function useTestAction(): UseMutationResult<void, Error, ActionWish> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ action, tests }: ActionWish) => {
      for (const test of tests) {
        if (action === 'delete') await send('DELETE', testPath(test));
        else await send<TestDetail>('POST', `${testPath(test)}/${action}`);
      }
    },
    // What was deleted must not be read again: its queries would only fail.
    onSettled: (_data, _error, { action, tests }) => {
      const names = new Set<unknown>(action === 'delete' ? tests.map(keyOf) : []);
      return client.invalidateQueries({ predicate: ({ queryKey }) => !names.has(queryKey[1]) });
    },
  });
}

/** Takes the right to measure here from a host, for good. */
export function useRevokeAgent(): UseMutationResult<void, Error, string> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => send<void>('POST', `${agentPath(name)}/revoke`),
    onSettled: () => client.invalidateQueries(),
  });
}
