import type { StoredTest } from '../../../stream-tests/stream-test-store.ts';
import type { TimeWindow } from '../../window/window.ts';
import type { GuideApiServices } from './find-guide.ts';

const LONGEST_MS = 2 * 366 * 86_400_000;
const RUNS = 20;

/** The time in which a test measured: from its first run, or its making, to the end of its last, or now. */
export async function testWindow(services: GuideApiServices, test: StoredTest): Promise<TimeWindow> {
  const [nowMs, runs] = await Promise.all([services.nowMs(), services.reads.runs([test.uid], RUNS)]);
  const all = runs.get(test.uid) ?? [];
  const ends = all.map(({ endMs, plannedEndMs }) => Math.min(nowMs, endMs ?? plannedEndMs ?? nowMs));
  const fromMs = Math.min(test.createdMs, all[0]?.startMs ?? nowMs);
  // The end of a window is not in it.
  const toMs = Math.max(fromMs, ...(ends.length === 0 ? [nowMs] : ends)) + 1_000;
  return { fromMs: Math.max(fromMs, toMs - LONGEST_MS), toMs };
}
