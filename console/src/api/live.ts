'use client';

import type { LiveHint } from '@streamswarm/contract/wire/views';
import type { QueryClient } from '@tanstack/react-query';
import { readConnection } from './connection.ts';
import { createHintGate } from './hint-gate.ts';
import { concerns } from './keys.ts';

/**
 * Keeps what is shown fresh: hints of the operator make queries old, at most four times a second. One tab of the
 * browser holds the connection and passes the hints on, because a browser opens six to one origin and no more. A
 * hidden tab applies nothing; what it missed is read again when it is seen.
 */
export function startLive(client: QueryClient): () => void {
  const gate = createHintGate();
  const channel = new BroadcastChannel('streamswarm.live');
  const done = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const apply = (): void => {
    timer = undefined;
    if (document.hidden || readConnection().paused) return;
    const hints = gate.take(performance.now());
    if (hints.length > 0) {
      void client.invalidateQueries({
        predicate: ({ queryKey }) => hints.some((hint) => concerns(hint, queryKey)),
      });
    }
    plan();
  };
  const plan = (): void => {
    const dueMs = gate.dueMs(performance.now());
    if (dueMs !== null) timer ??= setTimeout(apply, dueMs - performance.now());
  };
  const add = (hint: LiveHint): void => {
    gate.add(hint);
    plan();
  };
  const resume = (): void => {
    if (!document.hidden) plan();
  };

  channel.onmessage = (event: MessageEvent<LiveHint>) => add(event.data);
  document.addEventListener('visibilitychange', resume, { signal: done.signal });
  void holdConnection(done.signal, (hint) => {
    channel.postMessage(hint);
    add(hint);
  });
  return () => {
    done.abort();
    channel.close();
    clearTimeout(timer);
  };
}

/** Opens the event stream once this tab is the one to do it, and keeps it until `signal`. */
async function holdConnection(signal: AbortSignal, heard: (hint: LiveHint) => void): Promise<void> {
  const listen = (): Promise<void> =>
    new Promise((resolve) => {
      const source = new EventSource('/api/v1/live');
      source.onmessage = (event: MessageEvent<string>) => heard(JSON.parse(event.data) as LiveHint);
      signal.addEventListener('abort', () => {
        source.close();
        resolve();
      });
    });
  try {
    await navigator.locks.request('streamswarm.live', { signal }, () =>
      signal.aborted ? undefined : listen(),
    );
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
