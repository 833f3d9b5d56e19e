'use client';

import { useSyncExternalStore } from 'react';

/** Long enough to be read twice. */
const SHOWN_MS = 6_000;

let text = '';
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

function set(next: string): void {
  text = next;
  for (const listener of listeners) listener();
}

/** Says what was done where nothing on the screen shows it. */
export function notify(next: string): void {
  clearTimeout(timer);
  set(next);
  timer = setTimeout(() => set(''), SHOWN_MS);
}

/** What is being said; empty: nothing. */
export function useNotice(): string {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => text,
    () => '',
  );
}
