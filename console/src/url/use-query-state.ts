'use client';

import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { onDefaultRange, readDefaultRange } from './default-range.ts';
import { changedQuery } from './query-string.ts';
import { DEFAULT_RANGE, type Range, readRange } from './range.ts';

type Changes = Readonly<Record<string, string | null>>;

/** What the address says, and how to change it. A choice replaces the entry; `push` makes one to come back to. */
export function useQueryState(): {
  readonly query: URLSearchParams;
  readonly change: (changes: Changes, how?: 'replace' | 'push') => void;
} {
  const search = useSearchParams();
  const path = usePathname();
  const router = useRouter();
  const query = useMemo(() => new URLSearchParams(search.toString()), [search]);
  const change = useCallback(
    (changes: Changes, how: 'replace' | 'push' = 'replace') => {
      const text = changedQuery(query, changes);
      router[how](text === '' ? path : `${path}?${text}`, { scroll: false });
    },
    [query, path, router],
  );
  return { query, change };
}

export function useRange(): Range {
  const { query } = useQueryState();
  const fallback = useSyncExternalStore(onDefaultRange, readDefaultRange, () => DEFAULT_RANGE);
  return useMemo(() => readRange(query, fallback), [query, fallback]);
}
