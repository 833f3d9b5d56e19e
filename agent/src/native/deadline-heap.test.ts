import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DeadlineHeap, type Timed } from './deadline-heap.ts';

const entry = (): Timed => ({ dueMs: 0, place: -1 });

function drain(heap: DeadlineHeap<Timed>): number[] {
  const dues: number[] = [];
  for (let first = heap.peek(); first !== undefined; first = heap.peek()) {
    dues.push(first.dueMs);
    heap.remove(first);
  }
  return dues;
}

/** A fixed linear congruential sequence: every run sees the same order. */
function* sequence(length: number): Generator<number> {
  for (let i = 0, x = 1; i < length; i++) {
    x = (x * 48_271) % 2_147_483_647;
    yield x % 1_000;
  }
}

test('gives entries back in order of their due time', () => {
  const heap = new DeadlineHeap<Timed>();
  const dues = [...sequence(500)];
  for (const due of dues) heap.schedule(entry(), due);
  assert.deepEqual(
    drain(heap),
    dues.sort((a, b) => a - b),
  );
});

test('moves and removes entries anywhere', () => {
  const heap = new DeadlineHeap<Timed>();
  const entries = [...sequence(300)].map((due) => {
    const made = entry();
    heap.schedule(made, due);
    return made;
  });
  const kept: number[] = [];
  entries.forEach((made, i) => {
    if (i % 3 === 0) heap.remove(made);
    else {
      const due = i % 3 === 1 ? 1_000 - made.dueMs : made.dueMs;
      heap.schedule(made, due);
      kept.push(due);
    }
  });
  assert.equal(heap.size, kept.length);
  assert.deepEqual(
    drain(heap),
    kept.sort((a, b) => a - b),
  );
});

test('removing twice harms nobody', () => {
  const heap = new DeadlineHeap<Timed>();
  const [first, second] = [entry(), entry()];
  heap.schedule(first, 1);
  heap.schedule(second, 2);
  heap.remove(first);
  heap.remove(first);
  assert.equal(heap.peek(), second);
});
