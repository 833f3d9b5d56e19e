import type { DeadlineHeap, Timed } from './deadline-heap.ts';
import type { Poller } from './poller.ts';

/** Something to be done at its due time; it puts itself back into the heap for a next one. */
export interface Task extends Timed {
  run(nowMs: number): void;
}

/** However idle, the loop comes up for air: only then can its thread be terminated from outside. */
const LONGEST_WAIT_MS = 1_000;

/** Blocks until a socket is ready or a task is due; never spins. `endPass` runs once per round. */
export function runEventLoop(
  poller: Poller,
  heap: DeadlineHeap<Task>,
  hooks: { endPass: () => void; isOpen: () => boolean },
): void {
  while (hooks.isOpen()) {
    const dueMs = heap.peek()?.dueMs ?? Number.POSITIVE_INFINITY;
    const waitMs = Math.min(Math.max(dueMs - performance.now(), 0), LONGEST_WAIT_MS);
    const ready = poller.wait(waitMs);
    poller.dispatch(ready);
    const nowMs = performance.now();
    for (let task = heap.peek(); task !== undefined && task.dueMs <= nowMs; task = heap.peek()) {
      heap.remove(task);
      task.run(nowMs);
    }
    hooks.endPass();
  }
}
