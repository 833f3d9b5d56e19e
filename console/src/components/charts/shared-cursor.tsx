'use client';

import { createContext, type ReactNode, useContext, useState } from 'react';

interface SharedCursor {
  /** Time that the pointer or the keys are at in one of the charts; null where they are in none. */
  readonly atMs: number | null;
  readonly setAtMs: (ms: number | null) => void;
}

const ALONE: SharedCursor = { atMs: null, setAtMs: () => {} };
const Shared = createContext<SharedCursor>(ALONE);

/** The charts within show the same moment. */
export function CursorProvider({ children }: { readonly children: ReactNode }) {
  const [atMs, setAtMs] = useState<number | null>(null);
  return <Shared.Provider value={{ atMs, setAtMs }}>{children}</Shared.Provider>;
}

export function useSharedCursor(): SharedCursor {
  return useContext(Shared);
}
