'use client';

import { useSyncExternalStore } from 'react';
import { type Connection, type ConnectionEvent, NEW_CONNECTION, nextConnection } from './connection-state.ts';

let state = NEW_CONNECTION;
const listeners = new Set<() => void>();

export function report(event: ConnectionEvent): void {
  const next = nextConnection(state, event);
  if (next === state) return;
  state = next;
  for (const listener of listeners) listener();
}

export function readConnection(): Connection {
  return state;
}

export function useConnection(): Connection {
  return useSyncExternalStore(subscribe, readConnection, () => NEW_CONNECTION);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
