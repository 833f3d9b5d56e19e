import { join } from 'node:path';
import type { SpanSlots } from '@streamswarm/contract/wire/batch';
import { writeDurably } from '../state/durable-file.ts';
import { readJsonFile } from '../state/json-file.ts';

/** What an agent vouches for, as it is kept on disk. Times are the operator's (ms). */
export interface Vouched {
  /** Slots of spans up to `planRevision` whose deadline lies before this are answered. */
  readonly throughMs: number;
  readonly planRevision: number;
  /**
   * Finer than the word, for the next start: of spans known up to this generation of the plan, each slot due
   * before `doneMs` is answered, but for `open`. So a start neither measures again what was acknowledged nor
   * forgets what was under way.
   */
  readonly generation: number;
  readonly doneMs: number;
  readonly open: readonly SpanSlots[];
}

export const NOTHING_VOUCHED: Vouched = { throughMs: 0, planRevision: 0, generation: 0, doneMs: 0, open: [] };

const path = (dir: string): string => join(dir, 'through.json');

export async function readThroughFile(dir: string): Promise<Vouched | null> {
  const stored = await readJsonFile(path(dir));
  if (stored === null) return null;
  const { throughMs, planRevision, generation, doneMs, open } = stored;
  const whole = [throughMs, planRevision, generation, doneMs].every(Number.isSafeInteger);
  if (!whole || !Array.isArray(open) || !open.every(isSpanSlots)) return null;
  return stored as unknown as Vouched;
}

export function writeThroughFile(dir: string, vouched: Vouched): Promise<void> {
  return writeDurably(path(dir), JSON.stringify(vouched));
}

function isSpanSlots(value: unknown): value is SpanSlots {
  return Array.isArray(value) && value.length === 3 && value.every(Number.isSafeInteger);
}
