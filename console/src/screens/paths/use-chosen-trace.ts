'use client';

import { useEffect, useState } from 'react';
import { useQueryState } from '../../url/use-query-state.ts';

/** An address that changes with every key would be in the way of the keys. */
const ADDRESS_AFTER_MS = 300;

/** The trace that is looked at, by when it was due; null follows the newest. Soon after a choice the address has it. */
export function useChosenTrace(): readonly [string | null, (at: string | null) => void] {
  const { query, change } = useQueryState();
  const asked = query.get('trace');
  const [at, setAt] = useState(asked);
  const [known, setKnown] = useState(asked);
  const [written, setWritten] = useState(asked);
  if (asked !== known) {
    setKnown(asked);
    // A link or the way back; what was written here must not undo a later choice.
    if (asked !== written) setAt(asked);
  }
  useEffect(() => {
    if (at === asked) return;
    const timer = setTimeout(() => {
      setWritten(at);
      change({ trace: at });
    }, ADDRESS_AFTER_MS);
    return () => clearTimeout(timer);
  }, [at, asked, change]);
  return [at, setAt];
}
