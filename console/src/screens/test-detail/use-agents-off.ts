'use client';

import { useEffect, useRef } from 'react';
import { useQueryState } from '../../url/use-query-state.ts';
import { readOff, toggledOff } from './agents-off.ts';

/** Turns agents on and off in the address. */
export function useToggleAgent(off: readonly string[]): (agent: string) => void {
  const { change } = useQueryState();
  const known = off.join(',');
  // A second key may come before the address has followed the first.
  const wanted = useRef(known);
  useEffect(() => {
    wanted.current = known;
  }, [known]);
  return (agent) => {
    wanted.current = toggledOff(readOff(wanted.current), agent).join(',');
    change({ off: wanted.current });
  };
}
