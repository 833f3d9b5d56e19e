import type { Writable } from 'node:stream';
import type { LiveHint } from '@streamswarm/contract';
import { createHintQueue } from './hint-queue.ts';

export const FLUSH_MS = 250;
export const HEARTBEAT_MS = 15_000;
/** A reader that takes nothing for this long is dropped; EventSource comes back by itself. */
export const STALLED_MS = 30_000;

/**
 * Server-sent events to one reader: hints at most four times a second, a comment every 15 s so that proxies and
 * the reader see that the line is alive. While the reader is slow hints wait coalesced, and nothing else grows.
 * Returns the function that stops it.
 */
export function startLiveStream(
  out: Writable,
  subscribe: (handler: (hint: LiveHint) => void) => () => void,
): () => void {
  const queue = createHintQueue();
  let flushTimer: NodeJS.Timeout | undefined;
  let stalledTimer: NodeJS.Timeout | undefined;

  const write = (text: string): void => {
    if (out.write(text) || stalledTimer !== undefined) return;
    stalledTimer = setTimeout(() => out.destroy(), STALLED_MS);
    out.once('drain', () => {
      clearTimeout(stalledTimer);
      stalledTimer = undefined;
      flushSoon();
    });
  };
  const flush = (): void => {
    flushTimer = undefined;
    if (stalledTimer !== undefined || queue.size === 0) return;
    write(
      queue
        .take()
        .map((hint) => `data: ${JSON.stringify(hint)}\n\n`)
        .join(''),
    );
  };
  const flushSoon = (): void => {
    if (queue.size > 0) flushTimer ??= setTimeout(flush, FLUSH_MS);
  };

  write('retry: 1000\n\n');
  const unsubscribe = subscribe((hint) => {
    queue.add(hint);
    flushSoon();
  });
  const heartbeat = setInterval(() => {
    if (stalledTimer === undefined) write(':\n\n');
  }, HEARTBEAT_MS);
  return () => {
    unsubscribe();
    clearInterval(heartbeat);
    clearTimeout(flushTimer);
    clearTimeout(stalledTimer);
  };
}
