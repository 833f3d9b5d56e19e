import { DEFAULT_RANGE, FIRST_RANGE } from './range.ts';

/** A younger operator has not filled the usual range by a third. */
const YOUNG_MS = 300_000;

let chosen: string = DEFAULT_RANGE;
let settled = false;
const listeners = new Set<() => void>();

/** Chooses the range of links that name none, once in the life of a page: it must not jump under the reader. */
export function settleDefaultRange(operatorAgeMs: number): void {
  if (settled) return;
  settled = true;
  if (operatorAgeMs >= YOUNG_MS) return;
  chosen = FIRST_RANGE;
  for (const listener of listeners) listener();
}

export function readDefaultRange(): string {
  return chosen;
}

export function onDefaultRange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
