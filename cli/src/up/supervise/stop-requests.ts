import type { EventEmitter } from 'node:events';
import { interruptReader } from './interrupts.ts';

/** `stopping` aborts at the first request to stop, `atOnce` at a second one. */
export function stopRequests(
  process: EventEmitter,
  now: () => number,
): { stopping: AbortSignal; atOnce: AbortSignal } {
  const stopping = new AbortController();
  const atOnce = new AbortController();
  const read = interruptReader();
  const request = (): void => {
    const wish = read(now());
    if (wish === 'stop') stopping.abort();
    if (wish === 'kill') atOnce.abort();
  };
  // `disconnect`: the bootstrap that started us has gone.
  for (const event of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect']) process.on(event, request);
  return { stopping: stopping.signal, atOnce: atOnce.signal };
}
