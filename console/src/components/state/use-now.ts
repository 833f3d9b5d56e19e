'use client';

import { useSyncExternalStore } from 'react';
import { readConnection, useConnection } from '../../api/connection.ts';
import { heldAt } from '../../api/connection-state.ts';

let nowMs = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    nowMs = Date.now();
    for (const each of listeners) each();
  }, 1_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The operator's time in ms, moving once a second; 0 until the page is alive. */
export function useNow(): number {
  const tick = useSyncExternalStore(
    subscribe,
    () => nowMs,
    () => 0,
  );
  const { clockOffsetMs } = useConnection();
  return tick === 0 ? 0 : tick + clockOffsetMs;
}

/** The operator's time that belongs to a moment of this browser. */
export function operatorTime(browserMs: number): number {
  return browserMs + readConnection().clockOffsetMs;
}

/** When the screen stands still, in the operator's time; null while it is live. */
export function useHeldAt(): number | null {
  const connection = useConnection();
  const at = heldAt(connection);
  return at === null ? null : at + connection.clockOffsetMs;
}
