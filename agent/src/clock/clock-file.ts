import { join } from 'node:path';
import { writeDurably } from '../state/durable-file.ts';
import { readJsonFile } from '../state/json-file.ts';

/** What an agent must remember of the operator's clock to go on without it. */
export interface StoredClock {
  /** Operator minus wall clock (ms). */
  readonly offsetMs: number;
  /** When the operator was heard last, by its clock: the plan is a lease from then on. */
  readonly lastContactMs: number;
}

const path = (stateDir: string): string => join(stateDir, 'clock.json');

export async function readClockFile(stateDir: string): Promise<StoredClock | null> {
  const stored = await readJsonFile(path(stateDir));
  const offsetMs = stored?.['offsetMs'];
  const lastContactMs = stored?.['lastContactMs'];
  return Number.isFinite(offsetMs) && Number.isFinite(lastContactMs)
    ? { offsetMs: offsetMs as number, lastContactMs: lastContactMs as number }
    : null;
}

export function writeClockFile(stateDir: string, clock: StoredClock): Promise<void> {
  return writeDurably(path(stateDir), `${JSON.stringify(clock)}\n`);
}
