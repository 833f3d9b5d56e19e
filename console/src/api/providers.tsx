'use client';

import { type Query, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { report } from './connection.ts';
import { startLive } from './live.ts';
import { dropOld, recall, remember } from './remembered.ts';
import { RequestError } from './request.ts';

export function ApiProvider({ children }: { readonly children: ReactNode }) {
  const [client] = useState(
    () =>
      new QueryClient({
        queryCache: new QueryCache({
          onSuccess: keep,
          onError: (error, query) => void bringBack(error, query),
        }),
        // A failed read is tried again by its poll, in the open, not hidden behind silent retries.
        defaultOptions: {
          queries: { retry: false, networkMode: 'always' },
          mutations: { networkMode: 'always' },
        },
      }),
  );
  useEffect(() => startLive(client), [client]);
  useEffect(() => void dropOld(Date.now()), []);
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}

/** Who may do what, and secrets of a settings page, are not kept. */
const NOT_KEPT = ['settings', 'login'];

function keep(data: unknown, { queryHash, queryKey }: Query<unknown, unknown>): void {
  if (!NOT_KEPT.includes(String(queryKey[0]))) void remember(queryHash, { data, atMs: Date.now() });
}

/** Where the operator does not answer, what it last said is shown, as old as it is. */
async function bringBack(error: unknown, query: Query<unknown, unknown>): Promise<void> {
  const isDown = error instanceof RequestError && (error.status === null || error.status >= 500);
  if (!isDown || query.state.data !== undefined) return;
  const last = await recall(query.queryHash, Date.now());
  if (last === null || query.state.data !== undefined) return;
  query.setState({ data: last.data, dataUpdatedAt: last.atMs });
  report({ type: 'recalled', atMs: last.atMs });
}
