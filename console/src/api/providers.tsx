'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { startLive } from './live.ts';

export function ApiProvider({ children }: { readonly children: ReactNode }) {
  const [client] = useState(
    () =>
      new QueryClient({
        // A failed read is tried again by its poll, in the open, not hidden behind silent retries.
        defaultOptions: {
          queries: { retry: false, networkMode: 'always' },
          mutations: { networkMode: 'always' },
        },
      }),
  );
  useEffect(() => startLive(client), [client]);
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
