'use client';

import type { PlanPreview } from '@streamswarm/contract/wire/views';
import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { send } from '../../api/request.ts';

const PAUSE_MS = 250;

/** What the server says to a text, asked once typing pauses. `settled` is false while the answer is to an older text. */
export function usePreview(text: string): {
  readonly query: UseQueryResult<PlanPreview>;
  readonly settled: boolean;
} {
  const [asked, setAsked] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const query = useQuery({
    queryKey: ['plan-preview', asked],
    queryFn: ({ signal }) => send<PlanPreview>('POST', '/api/v1/plan-preview', { yaml: asked, signal }),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });
  return { query, settled: asked === text && !query.isPlaceholderData && query.data !== undefined };
}
