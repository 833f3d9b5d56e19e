import type { SettledSpan } from '../../domain/books/run-books.ts';
import type { Database } from '../database.ts';

/** What is settled of the spans of a run, by span. */
type SettledRun = Map<number, SettledSpan>;

/** Enough for every test of a large cluster; the run that was asked for longest ago is forgotten first. */
const MOST_RUNS = 10_000;

const known = new WeakMap<Database, Map<string, SettledRun>>();

/** The settled minutes of a run, as far as this process has seen them; to be added to. */
export function settledRun(db: Database, runId: string): SettledRun {
  const runs = known.get(db) ?? new Map<string, SettledRun>();
  known.set(db, runs);
  const run: SettledRun = runs.get(runId) ?? new Map();
  runs.delete(runId);
  runs.set(runId, run);
  const [oldest] = runs.keys();
  if (runs.size > MOST_RUNS && oldest !== undefined) runs.delete(oldest);
  return run;
}
